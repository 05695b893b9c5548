export { awardCreditTerms } from './creditTerms';
export { decideAdjustment, decideAward } from './decideAward';
export { decideOrder, isPaid, orderName } from './decideOrder';
export { decideRedemption, redeemable, SPENT_MEANWHILE } from './decideRedemption';
export { decideRedemptionCancelled } from './decideRedemptionCancelled';
export { decideCancellation, decideRefund } from './decideRefund';
export { entryBonuses } from './entryBonuses';
