import type { CanGive, News, Question, RegisterService } from '../../../src/contract/register-service.js';

/** Asks, and fetches news until there is no more. */
export async function listen(
  service: RegisterService,
  asker: string,
  question: Question,
  canGive: CanGive,
  tell: (news: News) => void,
): Promise<void> {
  for (let news = await service.ask(asker, question, canGive); news.length > 0; news = await service.more(asker))
    news.forEach(tell);
}
