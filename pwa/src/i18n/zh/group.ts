/** Words of what a team does at a place: which work, where, and who is there. */
export const group = {
  // what to record
  work: '小队的活动',
  begin: '登记和新事项',
  listEmpty: '{team}：名单上还没有人，点上面就能新开一个。',
  listEmptySupervisor: '{team}：名单上还没有人，由督导加进来，有网时自己更新。',

  // where
  whereTitle: '在哪里',
  whereOther: '换一个地点',
  tapIsCheckIn: '到了再点，点一下就是签到',
  find: '找地点',
  findNone: '没有叫“{query}”的地点',
  findNoneText: '换个字试试，或请社区先登记这个地点。',
  noPlaces: '还没有能选的地点',
  noPlacesText: '请社区登记以后再来，有网时名单自己更新。',
  workGone: '这一项现在记不了',
  workGoneText: '您可能不在这个小队里了，或者表还没取到。有网时再看一下。',

  // who
  withTitle: '谁在一起',
  withAsk: '名单上的，来了就点上',
  me: '我',
  helpers: '没有名字的帮手',
  helpersHint: '名单以外的人，只数人数',
  helpersBad: '请填 0 到 {most} 之间的数',
  fewer: '少一位',
  more: '多一位',
  total: '一共 {n} 人',
  goOn: '接着填表',
  withDone: '就是这些人',

  // several records under one check-in
  records: '今天的记录',
  recordsThen: '这次的记录',
  recordEmpty: '还没填',
  recordBegun: '没填完',
  recordDone: '填好了',
  recordSent: '送过的，不用改',
  recordAsked: '请补 {n} 处',
  recordLacking: '这条还没填完，点开接着填',
  addRecord: '加一条记录',
  whoCame: '谁来了',
  unlisted: '不在名单上的人',
  unlistedText: '表里再写姓名',
  newPerson: '名单外的人',
  recordGood: '这条填好了',
  recordRemove: '去掉{name}的记录',
  recordRemoved: '去掉了{name}的记录',
  recordsCount: '一共 {n} 条记录',
  recordsLeft: '还有 {n} 条没填完，填完才能记好',
  recordsChecking: '正在核对',

  // told in the form
  fewerThanNamed: '点了名的有 {n} 人，不能少于这个数',
  toldNamed: '一共 {n} 人：{names}',
  toldHelpers: '一共 {n} 人：{names}，还有 {helpers} 位帮手',
} as const;
