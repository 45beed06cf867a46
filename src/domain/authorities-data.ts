/**
 * The 153 English authorities with children's services. Source: mySociety, uk_local_authority_names_and_codes (MIT).
 *
 * A line such as `E06` opens a group of GSS codes. Each line after it is the authority with the next code, or with the
 * number it starts with. After a slash: its other names that no rule in authority.ts derives, each without "Council".
 */
export const authorities = `E06
Hartlepool
Middlesbrough
Redcar and Cleveland
Stockton-on-Tees
Darlington
Halton
Warrington
Blackburn with Darwen
Blackpool
Kingston upon Hull/Hull City/Hull/Kingston upon Hull, City of
East Riding of Yorkshire
North East Lincolnshire
North Lincolnshire
York
Derby
Leicester
Rutland/Rutland County
Nottingham
Herefordshire/Herefordshire, County of
Telford and Wrekin
Stoke-on-Trent
Bath and North East Somerset
Bristol/Bristol, City of
North Somerset
South Gloucestershire
Plymouth
Torbay
30 Swindon
Peterborough
Luton
Southend-on-Sea
Thurrock
Medway
Bracknell Forest
West Berkshire
Reading
Slough
Windsor and Maidenhead
Wokingham
Milton Keynes
Brighton and Hove
Portsmouth
Southampton
Isle of Wight
County Durham/Durham County/Durham
49 Cheshire East
Cheshire West and Chester
Shropshire
Cornwall
Isles of Scilly/Council of the Isles of Scilly
Wiltshire
Bedford
Central Bedfordshire
Northumberland/Northumberland County
Bournemouth, Christchurch and Poole/BCP
Dorset
Buckinghamshire
North Northamptonshire
West Northamptonshire
Cumberland
Westmorland and Furness
North Yorkshire
Somerset
E08
Bolton
Bury
Manchester
Oldham
Rochdale
Salford
Stockport
Tameside
Trafford
Wigan
Knowsley
Liverpool
St. Helens
Sefton
Wirral
Barnsley
Doncaster
Rotherham
Sheffield
21 Newcastle upon Tyne/Newcastle City
North Tyneside
South Tyneside
Sunderland
Birmingham
Coventry
Dudley
Sandwell
Solihull
Walsall
Wolverhampton
Bradford
Calderdale
Kirklees
Leeds
Wakefield
Gateshead
E09
City of London
Barking and Dagenham
Barnet
Bexley
Brent
Bromley
Camden
Croydon
Ealing
Enfield
Greenwich
Hackney
Hammersmith and Fulham
Haringey
Harrow
Havering
Hillingdon
Hounslow
Islington
Kensington and Chelsea
Kingston upon Thames
Lambeth
Lewisham
Merton
Newham
Redbridge
Richmond upon Thames
Southwark
Sutton
Tower Hamlets
Waltham Forest
Wandsworth
Westminster
E10
3 Cambridgeshire
7 Derbyshire
Devon
11 East Sussex
Essex
Gloucestershire
Hampshire
Hertfordshire
Kent
Lancashire
Leicestershire
Lincolnshire
Norfolk
24 Nottinghamshire
Oxfordshire
28 Staffordshire
Suffolk
Surrey
Warwickshire
West Sussex
34 Worcestershire`;
