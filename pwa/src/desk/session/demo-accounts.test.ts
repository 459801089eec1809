import { describe, expect, it } from 'vitest';
import { oneOfEach } from './demo-accounts';

const account = (username: string, role: string) => ({ username, role });

describe('the demo accounts at the door', () => {
  it('are one of each role, the supervisor first, whatever order they come in', () => {
    const offered = oneOfEach([
      account('leader', 'leader'),
      account('supervisor-hy', 'supervisor'),
      account('auditor', 'auditor'),
      account('supervisor', 'supervisor'),
      account('headquarters', 'headquarters'),
      account('admin', 'administrator'),
    ]);
    expect(offered.map(({ username }) => username)).toEqual([
      'supervisor',
      'headquarters',
      'leader',
      'admin',
      'auditor',
    ]);
  });

  it('leave a role out that nobody has', () => {
    expect(oneOfEach([account('leader', 'leader')]).map(({ role }) => role)).toEqual(['leader']);
  });
});
