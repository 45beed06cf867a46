/** The corner of the top bar that says who is signed in, with a menu to hand over or to sign out. */
import { h } from './dom.js';

export interface StaffMember {
  /** Opaque id; in the sandbox it is also the bearer token. */
  id: string;
  name: string;
  role: string;
}

interface Actions {
  onChange: (user: StaffMember) => void;
  onSignOut: () => void;
}

/** Draws the menu for `user`, one of `staff`, into `corner`. It is drawn again when the user changes. */
export const drawSignedInUser = (
  corner: HTMLElement,
  user: StaffMember,
  staff: readonly StaffMember[],
  { onChange, onSignOut }: Actions,
): void => {
  const button = h(
    'button',
    { type: 'button', class: 'user__button', 'aria-expanded': 'false', 'aria-controls': 'user-menu' },
    h('span', { class: 'user__name' }, user.name),
    h('span', { class: 'user__role' }, user.role),
  );
  const menu = h('ul', { id: 'user-menu', class: 'user__menu', hidden: '' });
  const open = (yes: boolean): void => {
    menu.hidden = !yes;
    button.setAttribute('aria-expanded', String(yes));
    if (yes) document.addEventListener('pointerdown', closeWhenOutside);
    else document.removeEventListener('pointerdown', closeWhenOutside);
  };
  const closeWhenOutside = ({ target }: Event): void => {
    if (!(target instanceof Node && box.contains(target))) open(false);
  };
  const item = (id: string, text: string, act: () => void): HTMLElement => {
    const choice = h('button', { type: 'button', 'data-user': id }, text);
    choice.addEventListener('click', () => {
      open(false);
      act();
    });
    return h('li', {}, choice);
  };
  const handOver = (to: StaffMember): void => {
    onChange(to);
    drawSignedInUser(corner, to, staff, { onChange, onSignOut });
    corner.querySelector('button')?.focus();
  };
  menu.append(
    ...staff
      .filter(({ id }) => id !== user.id)
      .map((other) => item(other.id, `Switch to ${other.name}, ${other.role.toLowerCase()}`, () => handOver(other))),
    item('sign-out', 'Sign out', onSignOut),
  );
  button.addEventListener('click', () => open(menu.hasAttribute('hidden')));
  const box = h('div', { class: 'user', 'data-signed-in': user.id }, button, menu);
  box.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || menu.hidden) return;
    open(false);
    button.focus();
  });
  box.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !box.contains(relatedTarget)) open(false);
  });
  corner.replaceChildren(box);
};
