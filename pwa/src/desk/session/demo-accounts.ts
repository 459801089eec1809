/**
 * Which demo accounts are offered at the door: one of each role, in the order in which their work follows, so that the
 * sign-in stays a page and not a list. Of several the one with the shortest account name stands for all.
 */
const order = ['supervisor', 'headquarters', 'leader', 'administrator', 'auditor'] as const;

export function oneOfEach<A extends { username: string; role: string }>(accounts: readonly A[]): A[] {
  return order.flatMap((role) =>
    accounts
      .filter((account) => account.role === role)
      .sort((a, b) => a.username.length - b.username.length || (a.username < b.username ? -1 : 1))
      .slice(0, 1),
  );
}
