export { awardCreditTerms } from './creditTerms';
export { decideAdjustment, decideAward } from './decideAward';
export { decideOrder, isPaid, orderName } from './decideOrder';
export { decideRedemption, redeemable, SPENT_MEANWHILE, worthOf } from './decideRedemption';
export { decideRedemptionCancelled } from './decideRedemptionCancelled';
export { decideCancellation, decideRefund } from './decideRefund';
export { entryBonus } from './entryBonus';
