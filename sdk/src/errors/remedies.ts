// Written by `npm run docs` from the contracts' comments.
import type { Explanation } from "./explanation.js";

/** What the errors of all contracts mean and what to do about them, by the error's selector. */
export const REMEDIES: Readonly<Record<string, Explanation>> = {
  "0x09dd1236": {
    name: "AlreadyDisputed",
    thrown: "when the address is in dispute already",
    remedy: "There is nothing to do. A disputer ends the dispute with `resolve`.",
  },
  "0x62f64e2a": {
    name: "AnotherToken",
    thrown: "when the network or the oracle has another KP3R than this helper",
    remedy: "Use a network and an oracle that have the same KP3R as the helper.",
  },
  "0xa6f91c58": {
    name: "AnotherToken",
    thrown: "when the vault and the pair hold different tokens, or the same ones in another order",
    remedy: "Use a pair of the vault's tokens, in the same order.",
  },
  "0xf242ac07": {
    name: "BaseFeeAboveCap",
    thrown: "when the block's base fee is above the cap",
    remedy: "Wait for a block with a lower base fee, or have the owner raise the cap.",
  },
  "0x0e76efe6": {
    name: "BondsInsufficient",
    thrown: "when more is unbonded than is bonded",
    remedy: "Unbond at most what `bonds` answers.",
  },
  "0x1fa1ddde": {
    name: "BondsLocked",
    thrown: "when `bondTime` hasn't passed",
    remedy: "Wait until `canActivateAfter` has passed.",
  },
  "0x6258f481": {
    name: "BondsUnexistent",
    thrown: "when there is no pending bond to activate, or nothing to slash",
    remedy:
      "Call `bond` first; 0 is enough for a keeper without a bond. `pendingBonds` returns the amount that can be activated.",
  },
  "0xe4793b9c": {
    name: "BootstrapOver",
    thrown: "when the bootstrap's quote is set after the oracle has taken over",
    remedy: "There is nothing to set: the oracle makes the quotes now.",
  },
  "0x32381352": {
    name: "BudgetExceeded",
    thrown: "when the payment is more than the upkeep may spend",
    remedy: "Have the bridge's owner raise its budget, or wait for a lower gas price.",
  },
  "0x81039137": {
    name: "BudgetUnbacked",
    thrown: "when the job's credits don't cover all budgets together with the raised one",
    remedy: "First fund the job, or lower another budget.",
  },
  "0x83a5b399": {
    name: "CalldataFloorPaid",
    thrown:
      "when this job is to pay for gas again in a transaction whose calldata it paid for by the floor price, which covers that gas",
    remedy:
      "Send only the calldata that the work needs, or have the job pay for less of it (`_paidCalldata`) or once a transaction.",
  },
  "0xfbda563c": {
    name: "CapitalNotFreed",
    thrown: "when the options contract freed less capital than it should",
    remedy: "Don't work it: the options contract doesn't behave as the job expects.",
  },
  "0xa210eef2": {
    name: "CheckFailed",
    thrown:
      "when the check reverts, or answers anything but `(bool, bytes)` of bounded length. A check that is undone fails like this for want of gas, too.",
    remedy: "Send more gas. If the error persists, the upkeep's owner has to repair the check.",
  },
  "0x1dd5a140": {
    name: "CoolDownOutOfBounds",
    thrown: "when a strategy's cool-down is out of its bounds",
    remedy: "Set it to a value from `minimum` to `maximum`.",
  },
  "0xbcd9e4f9": {
    name: "CoolingDown",
    thrown: "when a strategy was worked less than its cool-down ago",
    remedy: "Work the strategy from `readyAt` on.",
  },
  "0xffada05d": {
    name: "CoolingDown",
    thrown: "when the job is worked too early (`Cooldown`), or when the last rebalance was too recent (`RebalanceJob`)",
    remedy: "`Cooldown`: Work from `readyAt` on. `RebalanceJob`: Work from `until` on.",
  },
  "0x3403f20a": {
    name: "CostAboveValue",
    thrown: "when a list costs more than the value that it frees",
    remedy: "Leave out options that free little, or wait for a lower gas price or a fuller pool.",
  },
  "0x3fd63a8c": {
    name: "DailyPaymentAboveCap",
    thrown: "when a work would raise what was paid today above the cap",
    remedy: "Wait until 00:00 UTC, or have the owner raise the cap.",
  },
  "0xf3015dbf": {
    name: "DataLengthMismatch",
    thrown: "when the data of `work` isn't exactly what it encodes",
    remedy: "Work with the data that `workable` returns.",
  },
  "0x62e6201d": {
    name: "Disputed",
    thrown: "when the keeper is in dispute",
    remedy: "Wait until a disputer resolves the dispute.",
  },
  "0x4e9c4bba": {
    name: "DisputerExistent",
    thrown: "when the address already is a disputer",
    remedy: "There is nothing to do: it may dispute.",
  },
  "0x7941a84e": {
    name: "DisputerUnexistent",
    thrown: "when the address isn't a disputer",
    remedy: "There is nothing to do: it can't dispute.",
  },
  "0x30d2e6c9": {
    name: "DryRunSucceeded",
    thrown: "at the end of a dry run when the work would succeed",
    remedy: "There is nothing wrong: send the work, it would succeed.",
  },
  "0x06ba2587": {
    name: "DustInsufficient",
    thrown: "when governance asks for tokens that are owed to somebody",
    remedy: "Ask for at most `available`. Call `settle` first for the jobs that have spent the token.",
  },
  "0xf645eedf": {
    name: "ECDSAInvalidSignature",
    thrown: "when a permit's signature is invalid",
    remedy: "Sign the permit again.",
  },
  "0xfce698f7": {
    name: "ECDSAInvalidSignatureLength",
    thrown: "when a signature isn't 65 bytes long; a permit's always is",
    remedy: "Sign again, and hand over the signature as it is.",
  },
  "0xd78bce0c": {
    name: "ECDSAInvalidSignatureS",
    thrown: "when a permit has the malleable one of two signatures, with the higher s",
    remedy: "Sign with a wallet that makes signatures with the lower s, as all do today.",
  },
  "0xfb8f41b2": {
    name: "ERC20InsufficientAllowance",
    thrown: "when the sender's allowance is below the amount",
    remedy: "Have the owner approve the amount first.",
  },
  "0xe450d38c": {
    name: "ERC20InsufficientBalance",
    thrown: "when the sender's balance is below the amount",
    remedy: "Send at most the sender's `balanceOf`.",
  },
  "0xe602df05": {
    name: "ERC20InvalidApprover",
    thrown: "when the owner is the zero address",
    remedy: "There is nothing to do: it can't happen from outside.",
  },
  "0xec442f05": {
    name: "ERC20InvalidReceiver",
    thrown: "when tokens would go to the zero address",
    remedy: "Name a receiver; `burn` destroys tokens.",
  },
  "0x96c6fd1e": {
    name: "ERC20InvalidSender",
    thrown: "when tokens would come from the zero address",
    remedy: "Name the owner of the tokens.",
  },
  "0x94280d62": {
    name: "ERC20InvalidSpender",
    thrown: "when the spender is the zero address",
    remedy: "Name the spender.",
  },
  "0x62791302": {
    name: "ERC2612ExpiredSignature",
    thrown: "when a permit's deadline has passed",
    remedy: "Sign a permit with a later deadline.",
  },
  "0x4b800e46": {
    name: "ERC2612InvalidSigner",
    thrown: "when a permit was signed by somebody else, or for another nonce, token or chain",
    remedy: "Sign the permit as the owner, with the nonce that `nonces` returns.",
  },
  "0xd6bda275": {
    name: "FailedCall",
    thrown: "when a call reverts without a reason, such as one that sends ether",
    remedy: "Name a treasury that takes ether.",
  },
  "0x71073c1d": {
    name: "FeedNotInEther",
    thrown: "when a job is deployed with a feed that doesn't answer in wei",
    remedy: "Use the feed of the token's price in ether.",
  },
  "0xe0638c35": {
    name: "FeedUnusable",
    thrown: "when the feed's answer isn't positive, or is from the future, or too old",
    remedy: "Wait for the feed's next answer.",
  },
  "0x517cead7": {
    name: "ForwarderWithoutCode",
    thrown: "when the job is deployed for a forwarder without code",
    remedy: "Check the address and the network: an `ERC2771Forwarder` has to be there.",
  },
  "0x976d89e8": {
    name: "GasLimitOutOfBounds",
    thrown: "when a gas limit is out of bounds",
    remedy: "Set it to a value from `min` to `max`.",
  },
  "0x98aae6c0": {
    name: "GasNotInitialized",
    thrown: "when this job opened no meter for this keeper in this transaction",
    remedy:
      "Let the job call `isKeeper` or `isBondedKeeper` for this keeper earlier in the transaction, as `Keep3rJob` does.",
  },
  "0x28727a24": {
    name: "GasShort",
    thrown:
      "when the call wouldn't get all of its gas limit, so that a keeper can't make it fail, or take another turn, by sending too little",
    remedy: "Send the transaction again with a higher gas limit.",
  },
  "0x2fa91a33": {
    name: "GranularityOutOfBounds",
    thrown: "when a granularity is zero or more than a ring can hold",
    remedy: "Ask for a granularity from 1 to `maximum`.",
  },
  "0xa0a75df1": {
    name: "IdsNotAscending",
    thrown: "when an id isn't above the one before it",
    remedy: "Sort the list, and name each option once.",
  },
  "0xcf479181": {
    name: "InsufficientBalance",
    thrown: "when more ether is to be sent than the contract has",
    remedy: "Wait until the contract has that much.",
  },
  "0x356680b7": {
    name: "InsufficientFunds",
    thrown: "when the job's credits don't cover the payment",
    remedy:
      "Fund the job: bond liquidity with `addLiquidityToJob` and let it mine, or credit the token with `addTokenCreditsToJob`.",
  },
  "0x12be0ce2": {
    name: "InsufficientHistory",
    thrown: "when the pair's observations don't reach back far enough, or too few of them are usable",
    remedy: "Wait for more observations of the pair, or ask for a shorter time.",
  },
  "0x92ba0b40": {
    name: "InsufficientJobTokenCredits",
    thrown: "when more is withdrawn than the job has",
    remedy: "Take at most the job's `jobTokenCredits`.",
  },
  "0xb1365a2b": {
    name: "IntervalZero",
    thrown: "when an interval is zero, which would let the same work be paid for again at once",
    remedy: "Set it to a second or more.",
  },
  "0x752d88c0": {
    name: "InvalidAccountNonce",
    thrown: "when a nonce isn't the owner's next one",
    remedy: "Use the nonce that `nonces` returns.",
  },
  "0xb3512b0c": {
    name: "InvalidShortString",
    thrown: "when a stored short string is broken",
    remedy: "There is nothing to do: the token's name and version are fixed, and fit.",
  },
  "0x0809740d": {
    name: "JobAlreadyAdded",
    thrown: "when the job is registered already",
    remedy: "There is nothing to register. `jobOwner` returns its owner.",
  },
  "0xad2fdf3b": {
    name: "JobDisputed",
    thrown: "when the job is in dispute",
    remedy: "Wait until a disputer resolves the job's dispute.",
  },
  "0x435b5625": {
    name: "JobLiquidityInsufficient",
    thrown: "when more liquidity is unbonded or slashed than there is",
    remedy: "Take at most the job's `liquidityAmount`.",
  },
  "0xde88ff9a": {
    name: "JobLiquidityLessThanMin",
    thrown: "when the job's liquidity of that kind would be worth less than the minimum",
    remedy: "Add more, or unbond all of it.",
  },
  "0x9bf820fc": {
    name: "JobLiquidityLimit",
    thrown: "when a job would hold more than 8 kinds of liquidity",
    remedy: "Unbond all of another kind first: a job holds at most 8.",
  },
  "0x01073e94": {
    name: "JobLiquidityUnexistent",
    thrown: "when a job has no liquidity of that kind",
    remedy: "Name a liquidity that the job has: see `liquidityAmount`.",
  },
  "0xafe7ad49": {
    name: "JobMigrationImpossible",
    thrown: "when a job would migrate to itself",
    remedy: "Name two different jobs.",
  },
  "0x56248e97": {
    name: "JobMigrationLocked",
    thrown: "when a migration is accepted within a minute of its proposal",
    remedy: "Accept it one minute after it was proposed, or later.",
  },
  "0x33b585ac": {
    name: "JobMigrationUnavailable",
    thrown: "when the migration wasn't proposed, or `toJob` had another owner then",
    remedy: "Have the owner of `fromJob` call `migrateJob`, once more if `toJob` has a new owner since.",
  },
  "0x00919bed": {
    name: "JobTokenInsufficient",
    thrown: "when a job has fewer credits in the token",
    remedy: "Take at most the job's `jobTokenCredits`.",
  },
  "0x32ca7765": {
    name: "JobTokenLimit",
    thrown: "when a job would hold more than 8 kinds of tokens",
    remedy: "Use a token in which the job has credits, or first withdraw all credits in another token.",
  },
  "0x2eda7a11": {
    name: "JobTokenUnexistent",
    thrown: "when a job has no credits in the token",
    remedy: "Name a token in which the job has credits: see `jobTokenCredits`.",
  },
  "0x012834ae": {
    name: "JobUnapproved",
    thrown: "when the calling address isn't a registered job",
    remedy: "Register the job with `addJob`.",
  },
  "0x6211d349": {
    name: "JobUnavailable",
    thrown: "when the job isn't registered",
    remedy: "Check the address, or register the job with `addJob`.",
  },
  "0x5727a651": {
    name: "Keep3rZeroAddress",
    thrown: "when a job is deployed with the zero address as its network",
    remedy: "Deploy it with the network's address.",
  },
  "0x328bb92b": {
    name: "KeeperBarred",
    thrown: "when a revoked keeper would bond or be paid",
    remedy: "Ask governance to `reinstate` the keeper.",
  },
  "0x27525394": {
    name: "KeeperNotBarred",
    thrown: "when the keeper to reinstate wasn't revoked",
    remedy: "There is nothing to do: the keeper isn't barred.",
  },
  "0xd2b2acaa": {
    name: "KeeperNotValid",
    thrown: "when the job doesn't accept the address as a keeper",
    remedy:
      "Work from an active keeper that isn't in dispute, and that has the bond, earnings and age which the job asks for.",
  },
  "0xd68e9a89": {
    name: "Kp3rReserveTooLow",
    thrown: "when a pair to be listed holds too little KP3R, or a pair to be read is thin",
    remedy:
      "Add liquidity until the pair holds `minimum`, or have governance lower `minKp3rReserve`. Then call `update`: a listed pair is read again from its next observation on.",
  },
  "0xf0e45692": {
    name: "LiquidityNotReceived",
    thrown: "when the amount received differs from the amount sent",
    remedy: "Use another token: one that keeps a part of a transfer can't be bonded.",
  },
  "0xf25e6b9f": {
    name: "LiquidityPairApproved",
    thrown: "when the liquidity is approved already",
    remedy: "There is nothing to do: it can be bonded to jobs.",
  },
  "0xfaf91e4e": {
    name: "LiquidityPairInvalid",
    thrown: "when the liquidity isn't a pair with KP3R that the oracle lists",
    remedy: "Use a pair with KP3R that the oracle lists, or have its governance list the pair.",
  },
  "0xe0b6aead": {
    name: "LiquidityPairUnapproved",
    thrown: "when the liquidity isn't approved",
    remedy: "Use a kind that `approvedLiquidities` lists, or have governance approve this one.",
  },
  "0x0a8d08b1": {
    name: "LiquidityPairUnexistent",
    thrown: "when the liquidity to revoke isn't approved",
    remedy: "There is nothing to revoke. `approvedLiquidities` lists the kinds that mine.",
  },
  "0x6f7247a9": {
    name: "LiquidityUnpriced",
    thrown: "when the liquidity has no price of this reward period, and none can be taken now",
    remedy:
      "Wait until the pair has been observed for a day. If it is thin, add liquidity and call `update`; if it isn't listed, have governance list it. The oracle's `averagePrice` over a day tells the reason.",
  },
  "0xfe57313d": {
    name: "LiquidityWithoutPrice",
    thrown: "when the mean price of a pair's KP3R is zero",
    remedy: "Wait until the oracle has observed the pair at a price that isn't zero.",
  },
  "0xa5c78731": {
    name: "LiquidityWithoutSupply",
    thrown: "when there are no LP tokens of a pair",
    remedy: "Add liquidity to the pair first.",
  },
  "0x22eb27fb": {
    name: "ListOutOfBounds",
    thrown: "when a list is empty or too long",
    remedy: "Name 1 to `maximum` options.",
  },
  "0x63587b20": {
    name: "MarketAlreadyOpen",
    thrown: "when the pair has liquidity already",
    remedy: "Somebody who has KP3R opened the market. Deploy over the KP3R and pair that exist instead.",
  },
  "0xda19b859": {
    name: "MarketTooSmall",
    thrown: "when so little is to be put into the pair that clearing it first wouldn't be sure to work",
    remedy: "Put in at least one KP3R and 0.001 ether.",
  },
  "0xa7f03a4c": {
    name: "MaxChangeOutOfBounds",
    thrown: "when `maxChange` is set out of its bounds",
    remedy: "Set it to a value from `minimum` to `maximum`.",
  },
  "0x5226f18a": {
    name: "MaxPerformDataOutOfBounds",
    thrown: "when `maxPerformData` is out of its bounds",
    remedy: "Set it to `max` or less.",
  },
  "0x14a4f245": {
    name: "MinKp3rReserveOutOfBounds",
    thrown: "when `minKp3rReserve` is set out of its bounds",
    remedy: "Set it to a value from `minimum` to `maximum`.",
  },
  "0xfce12ab4": {
    name: "MinRewardPeriod",
    thrown: "when a reward period is shorter than a day",
    remedy: "Set it to 1 to 30 days.",
  },
  "0x21dd8e96": {
    name: "MinterExistent",
    thrown: "when the address is a minter already",
    remedy: "There is nothing to do: the address may mint.",
  },
  "0xdaa6efaa": {
    name: "MinterUnexistent",
    thrown: "when the address isn't a minter",
    remedy: "There is nothing to do: the address can't mint.",
  },
  "0x8cc5de05": {
    name: "MinterZeroAddress",
    thrown: "when the minter is the zero address",
    remedy: "Name the contract that should mint.",
  },
  "0x67b8d70a": {
    name: "MintInsufficient",
    thrown: "when the minter of KP3R minted less than it should",
    remedy: "Tell governance that the minter is broken. It can replace the minter with `setKeep3rV1Proxy`.",
  },
  "0xb293ed00": {
    name: "NoGovernanceZeroAddress",
    thrown: "when the proposed governance is the zero address",
    remedy: "Propose an address whose key somebody holds.",
  },
  "0xc0df403a": {
    name: "NoKp3rWethPair",
    thrown: "when the oracle's factory has no pair of the helper's KP3R and WETH",
    remedy: "Create the pair of KP3R and WETH in the oracle's factory, then deploy the helper.",
  },
  "0x5de95b48": {
    name: "NoListedPair",
    thrown: "when no listed pair is made of the two tokens",
    remedy: "Name two tokens whose pair is listed, or have governance list it.",
  },
  "0xccfd45b1": {
    name: "NotAFactoryPair",
    thrown: "when the address to be listed isn't a pair that the factory made",
    remedy: "List a pair that the oracle's factory made.",
  },
  "0x433b0e14": {
    name: "NotDisputed",
    thrown: "when the address isn't in dispute",
    remedy: "Have a disputer call `dispute` first: only an address in dispute can be slashed, revoked or resolved.",
  },
  "0x7d680108": {
    name: "NothingRelayed",
    thrown: "when no request of a batch was executed",
    remedy: "Leave out requests that `refusalOf` refuses or the forwarder doesn't verify: nonces may be used up.",
  },
  "0xf8b3245b": {
    name: "NothingToExcuse",
    thrown: "when a holder asks to be excused while it may work, or when its work is overdue",
    remedy: "Work, if the job accepts the holder's work. Overdue work can't be excused any more.",
  },
  "0x0180603d": {
    name: "NothingToSweep",
    thrown: "when there is nothing to sweep",
    remedy: "There is nothing to do: the job holds none.",
  },
  "0x2995fef1": {
    name: "NothingToUpdate",
    thrown: "when a work would update no pair",
    remedy: "Work when `workable` returns true, with the data that it returns.",
  },
  "0x568463ee": {
    name: "NotOneForm",
    thrown: "when a work names both a number and a list of troves, or neither",
    remedy: "Give a number and an empty list, or zero and a list.",
  },
  "0xdd86b14e": {
    name: "NotTriggered",
    thrown: "when the strategy's trigger says that the call isn't worth its cost",
    remedy: "Wait until the strategy's trigger answers true.",
  },
  "0xab23596d": {
    name: "ObservationNotHeld",
    thrown: "when the oracle doesn't hold that observation",
    remedy: "Ask for one of the `count` that it holds, from 0 for the newest.",
  },
  "0xd8ee8db0": {
    name: "OnlyBridge",
    thrown: "when the caller isn't the bridge",
    remedy: "Work through the bridge: nobody else may call.",
  },
  "0x4a1390c8": {
    name: "OnlyDisputer",
    thrown: "when the caller isn't a disputer",
    remedy: "Send it from a disputer. Governance appoints them with `addDisputer`.",
  },
  "0x54348f03": {
    name: "OnlyGovernance",
    thrown: "when the caller isn't governance",
    remedy: "Send it from the address that `governance` returns.",
  },
  "0xc0e2317a": {
    name: "OnlyHolder",
    thrown: "when the caller doesn't hold the seat",
    remedy: "Take the seat first, by working when it is free.",
  },
  "0xddf69e82": {
    name: "OnlyJobOwner",
    thrown: "when the caller isn't the job's owner",
    remedy: "Send it from the job's owner: the address that `jobOwner` returns.",
  },
  "0x1751a7a2": {
    name: "OnlyKeeperOwner",
    thrown: "when the caller isn't the keeper's owner, or the keeper itself if it has none",
    remedy:
      "Send it from the keeper's owner, with the function whose name ends in `For`. A keeper without an owner sends it itself.",
  },
  "0x9cdc2ed5": {
    name: "OnlyMinter",
    thrown: "when the caller isn't a minter",
    remedy: "Have governance appoint the caller with `addMinter`.",
  },
  "0xfdeae062": {
    name: "OnlyPendingGovernance",
    thrown: "when the caller isn't the proposed governance",
    remedy: "Send it from the address that `pendingGovernance` returns, or have governance propose the sender.",
  },
  "0xcfe96633": {
    name: "OnlyPendingJobOwner",
    thrown: "when the caller isn't the job's proposed owner",
    remedy: "Have the job's owner offer it to the sender with `changeJobOwnership`.",
  },
  "0x3b9eb007": {
    name: "OnlyPendingKeeperOwner",
    thrown: "when the caller isn't the keeper's proposed owner",
    remedy: "Have the keeper, or its owner, offer it to the sender with `changeKeeperOwnership`.",
  },
  "0x25bed9e4": {
    name: "OnlyPendingUpkeepOwner",
    thrown: "when the upkeep isn't offered to the caller",
    remedy: "Have the upkeep's owner offer it to the sender with `offerUpkeep`.",
  },
  "0x7e57b1e1": {
    name: "OnlySlasher",
    thrown: "when the caller isn't a slasher",
    remedy: "Send it from a slasher. Governance appoints them with `addSlasher`.",
  },
  "0x757d935e": {
    name: "OnlyUpkeepOwner",
    thrown: "when the caller isn't the upkeep's owner",
    remedy: "Send it from the upkeep's owner.",
  },
  "0x41be66ff": {
    name: "OptionNotActive",
    thrown: "when an option isn't Active: it was exercised or unlocked",
    remedy: "Leave it out of the list: somebody was faster.",
  },
  "0x23af3e9f": {
    name: "OptionNotExpired",
    thrown: "when an option can still be exercised",
    remedy: "Leave it out of the list until the second after `expiration`.",
  },
  "0xccc6c6c0": {
    name: "OptionStillActive",
    thrown: "when the window would skip an option that is Active",
    remedy: "Unlock it first, once it has expired, or don't move the window beyond it.",
  },
  "0xe33245a1": {
    name: "OptionUnknown",
    thrown: "when no option has that id",
    remedy: "Name an option that exists: ids begin at zero.",
  },
  "0xe17ca1eb": {
    name: "OracleZeroAddress",
    thrown: "when the oracle is deployed with the zero address for the factory or for KP3R",
    remedy: "Deploy it with the addresses of the factory and of KP3R.",
  },
  "0x1e4fbdf7": {
    name: "OwnableInvalidOwner",
    thrown: "when a job is deployed with the zero address as its owner",
    remedy: "Name an owner.",
  },
  "0x118cdaa7": {
    name: "OwnableUnauthorizedAccount",
    thrown: "when the caller isn't the job contract's owner, or isn't the address that ownership is offered to",
    remedy: "Send it from the address that `owner` returns or, to accept ownership, `pendingOwner`.",
  },
  "0x718b2655": {
    name: "PairAlreadyListed",
    thrown: "when a pair to be listed is listed already",
    remedy: "There is nothing to do: the pair is listed.",
  },
  "0xf61b8fdb": {
    name: "PairNotListed",
    thrown: "when a pair isn't listed",
    remedy: "Name a pair that `pairs` lists, or have governance list it.",
  },
  "0x9f3f9bc5": {
    name: "PairWithoutKp3r",
    thrown: "when neither token of a pair to be listed is KP3R",
    remedy: "List a pair of KP3R.",
  },
  "0x4a112388": {
    name: "ParameterOutOfBounds",
    thrown: "when a parameter is out of its bounds",
    remedy: "Set it to a value from `min` to `max`.",
  },
  "0x1437c4e2": {
    name: "PaymentAboveCap",
    thrown: "when a work costs more than the cap",
    remedy: "Work with less gas or at a lower gas price, or have the owner raise the cap.",
  },
  "0xcef9598b": {
    name: "PerformFailed",
    thrown: "when the target reverts, runs out of its gas limit, or has no code anymore",
    remedy: "Simulate it again. If the error persists, its owner has to raise its gas limit or repair the target.",
  },
  "0xe7f84ddd": {
    name: "PoolDeviates",
    thrown: "when the pool's price is too far from the mean price",
    remedy: "Wait until the pool's price is near its mean again.",
  },
  "0x92e5eb6c": {
    name: "PriceOutOfRange",
    thrown: "when a pair to be listed has an empty reserve, or a price that the oracle can't scale",
    remedy: "List a pair whose two reserves, in the tokens' own units, are within a factor of 2^56 of each other.",
  },
  "0x5ab5040d": {
    name: "QuoteOutOfGas",
    thrown: "when a quote fails for which too little gas was left",
    remedy: "Send the transaction again with a higher gas limit.",
  },
  "0x3ee5aeb5": {
    name: "ReentrancyGuardReentrantCall",
    thrown: "when the contract is called in the middle of a call of its own, such as by a token in its transfer",
    remedy: "Call it after that call has ended. A token that calls back can't be used.",
  },
  "0x3e092775": {
    name: "RequestOutOfGas",
    thrown: "when too little gas is left for a request",
    remedy: "Send the transaction again with a higher gas limit.",
  },
  "0xca799bbc": {
    name: "RequestsMalformed",
    thrown: "when the data isn't the ABI encoding of a list of requests",
    remedy: "Encode the data as `abi.encode(requests)` does.",
  },
  "0x8643bf9f": {
    name: "RequiredGasOutOfBounds",
    thrown: "when a strategy's required gas is out of its bounds",
    remedy: "Set it to a value from `minimum` to `maximum`.",
  },
  "0x2da74433": {
    name: "RewardIncomplete",
    thrown: "when a reward has a token without an amount, or an amount without a token",
    remedy: "Name a token and an amount, or neither for KP3R by gas.",
  },
  "0x6dfcc650": {
    name: "SafeCastOverflowedUintDowncast",
    thrown: "when an amount is larger than its place in storage",
    remedy: "Name a smaller amount: KP3R amounts go up to 2^88 - 1, token credits to 2^128 - 1.",
  },
  "0x5274afe7": {
    name: "SafeERC20FailedOperation",
    thrown: "when a token refuses a transfer, or isn't a token",
    remedy: "Check the sender's balance and allowance of the token, and its address.",
  },
  "0xbb184977": {
    name: "SampleOutOfBounds",
    thrown: "when points or window is zero, or together they take more than a ring can hold",
    remedy: "Ask for points and a window that aren't zero and whose product is at most `maximum`.",
  },
  "0x82561a20": { name: "SeatBarred", thrown: "when the keeper is barred", remedy: "Wait until `until`." },
  "0x3dd0dfeb": {
    name: "SeatResting",
    thrown: "when the last holder returns too early",
    remedy: "Wait until `until`, or until work is overdue.",
  },
  "0x865f1bb4": {
    name: "SeatTaken",
    thrown: "when somebody else holds the seat and keeps its uptime",
    remedy: "Wait until the term ends or the holder is late: `standing` then returns Free or Successor.",
  },
  "0x806ab2ff": {
    name: "SeatTimeOutOfBounds",
    thrown: "when a time is out of its bounds",
    remedy: "Set it to a value from `min` to `max`.",
  },
  "0xd091dcf2": {
    name: "Simulated",
    thrown: "by `simulate` when there is work",
    remedy: "There is nothing wrong: send the work with `data`, it would succeed.",
  },
  "0x8a47845f": {
    name: "SimulationSucceeded",
    thrown: "by `simulate` when all went well",
    remedy: "There is nothing wrong: send the work, it would succeed.",
  },
  "0xa8db4cca": {
    name: "SlasherExistent",
    thrown: "when the address already is a slasher",
    remedy: "There is nothing to do: it may slash.",
  },
  "0xdbf85f9c": {
    name: "SlasherUnexistent",
    thrown: "when the address isn't a slasher",
    remedy: "There is nothing to do: it can't slash.",
  },
  "0x3a52d43d": {
    name: "SlashOutOfGas",
    thrown: "when too little gas is left for what the token may use",
    remedy: "Send the transaction again with a higher gas limit.",
  },
  "0x91b46fd2": {
    name: "StalePrice",
    thrown: "when the mean spans more time than the caller accepts",
    remedy:
      "Call `update` for the pair, as anyone may, and wait until an observation is `window` older than the newest; or accept a longer mean.",
  },
  "0x19f0bbc1": {
    name: "StaleQuote",
    thrown: "when the oracle doesn't answer and the last quote is too old",
    remedy:
      "Run `keep3r report prices`: it says why the oracle doesn't answer. If the pair is thin, add liquidity and call `update`; if it isn't listed, have governance list it. Meanwhile governance may raise `maxQuoteAge`.",
  },
  "0xa3abe13d": {
    name: "StrategyAlreadyListed",
    thrown: "when a strategy to be listed is listed already",
    remedy: "There is nothing to do: it is listed.",
  },
  "0x90c7651a": {
    name: "StrategyNotListed",
    thrown: "when a strategy isn't listed",
    remedy: "Name a strategy that `strategies` lists.",
  },
  "0xbe38678d": {
    name: "StrategyOutOfGas",
    thrown: "when too little gas is left to give the strategy all that it requires",
    remedy: "Send the transaction again with a higher gas limit.",
  },
  "0x982df6ce": {
    name: "StrategyWithoutCode",
    thrown: "when the strategy to be listed has no code",
    remedy: "Check the address and the network: a strategy has to be there.",
  },
  "0x305a27a9": {
    name: "StringTooLong",
    thrown: "when a short string is longer than 31 bytes",
    remedy: "There is nothing to do: the token's name and version are fixed, and fit.",
  },
  "0x6583e4a5": {
    name: "SupplyOutOfRange",
    thrown: "when a token's supply is so large that its pair's price may not fit",
    remedy: "Don't list a pair with this token.",
  },
  "0x40e6adef": {
    name: "TargetWeightTooHigh",
    thrown: "when the vault's target weight is above 100 %",
    remedy: "Have the vault's administrator set a target of at most 10_000.",
  },
  "0x8a9bb817": {
    name: "TokenNotInPair",
    thrown: "when a token isn't one of the pair's",
    remedy: "Ask for one of the pair's two tokens.",
  },
  "0x4116cb80": {
    name: "TokenUnallowed",
    thrown: "when the token is KP3R, which only liquidity credits",
    remedy: "Bond liquidity to the job, or credit it with another token.",
  },
  "0x57efadf7": {
    name: "TooFewClosed",
    thrown: "when fewer troves were closed than required",
    remedy: "Leave out the troves that can't be liquidated any more: somebody was faster, or the price rose.",
  },
  "0x342f3945": {
    name: "TooFewSamples",
    thrown: "when a standard deviation is asked for with fewer than two samples",
    remedy: "Ask for two points or more.",
  },
  "0xf1db828f": {
    name: "TooManyPairs",
    thrown: "when the oracle already lists as many pairs as it can",
    remedy: "Remove a pair first, with `removePair`.",
  },
  "0x5c3313cf": {
    name: "TooManyRequests",
    thrown: "when a batch is longer than `MAX_REQUESTS`",
    remedy: "Split the batch.",
  },
  "0x1f79d39c": {
    name: "TooManyStrategies",
    thrown: "when the job already lists as many strategies as it can",
    remedy: "Remove a strategy first, or deploy another job.",
  },
  "0x65bf95e3": {
    name: "TooManyTroves",
    thrown: "when a work names more troves than allowed",
    remedy: "Name at most `maximum` troves.",
  },
  "0x75a59a4d": {
    name: "TradeOutOfBounds",
    thrown: "when the vault sold more, or received less, than agreed",
    remedy: "Simulate again: the pool may have moved. If the error persists, the vault is at fault.",
  },
  "0x516c1946": {
    name: "TradeTooSmall",
    thrown: "when the possible trade is too small to be worth it",
    remedy: "Wait until there is more to trade, or until the pool is deeper.",
  },
  "0xfa20365e": {
    name: "TreasuryInvalid",
    thrown: "when the treasury is the zero address or the job itself",
    remedy: "Name an address that takes ether and isn't the job.",
  },
  "0x455055ef": {
    name: "TreasuryOutOfGas",
    thrown: "when too little gas is left to send the treasury its ether",
    remedy: "Send the transaction again with a higher gas limit.",
  },
  "0x27cfdcb7": {
    name: "UnbondsLocked",
    thrown: "when `unbondTime` hasn't passed",
    remedy: "Wait until `canWithdrawAfter` has passed.",
  },
  "0x61302204": {
    name: "UnbondsUnexistent",
    thrown: "when there is nothing to withdraw",
    remedy: "Unbond first, and withdraw from the address that unbonded.",
  },
  "0x15868aac": {
    name: "UnexpectedData",
    thrown: "when a work comes with data, although everything is read from the chain",
    remedy: "Work without data.",
  },
  "0xc980a221": {
    name: "UnexpectedEther",
    thrown: "when ether comes from any address but Liquity's active pool",
    remedy: "Send the ether to the treasury instead.",
  },
  "0x0635708a": {
    name: "UpkeepCooling",
    thrown: "when the upkeep's interval hasn't passed",
    remedy: "Perform it from `until` on.",
  },
  "0xdd8aa6b5": {
    name: "UpkeepDataTooLong",
    thrown: "when data for a check or a perform is too long",
    remedy: "Shorten it: a contract can store long data. An upkeep's owner can raise `maxPerformData`.",
  },
  "0x24b00652": {
    name: "UpkeepLimit",
    thrown: "when there are already MAX_UPKEEPS upkeeps",
    remedy: "Remove an upkeep first, or deploy another bridge.",
  },
  "0x802ef05b": {
    name: "UpkeepNotDue",
    thrown: "when the check says that there is no work",
    remedy: "Wait until `workable` names it.",
  },
  "0xd7f89e14": {
    name: "UpkeepOwnerZeroAddress",
    thrown: "when an upkeep is registered for the zero address",
    remedy: "Name its owner.",
  },
  "0x8ab10247": {
    name: "UpkeepPaused",
    thrown: "when the upkeep's owner has paused it",
    remedy: "Wait until its owner resumes it.",
  },
  "0xdea93757": {
    name: "UpkeepUnknown",
    thrown: "when there is no upkeep of that id",
    remedy: "Name an upkeep that `upkeepIds` lists.",
  },
  "0xc094286f": {
    name: "UpkeepWithoutCode",
    thrown: "when a checker or target has no code",
    remedy: "Check the address and the network: a contract has to be there.",
  },
  "0x2c1b7dae": {
    name: "VaultEmpty",
    thrown: "when the vault's holdings are worth nothing",
    remedy: "Wait until the vault holds something.",
  },
  "0x4c7fcdce": {
    name: "WeightNotImproved",
    thrown: "when the weight is no nearer to the target than it was",
    remedy: "Simulate again: the pool may have moved. If the error persists, the vault is at fault.",
  },
  "0x034ae0f6": {
    name: "WithinBand",
    thrown: "when the weight at the mean price hasn't left the band",
    remedy: "Wait: there is nothing to rebalance.",
  },
  "0x9d89bb65": {
    name: "WithoutCode",
    thrown: "when a contract is expected and the address has no code",
    remedy: "Check the address and the network: a contract has to be there.",
  },
  "0x629f1e8d": {
    name: "WorkDataLength",
    thrown:
      "when the data of a work isn't the shortest encoding of a number and a list (`LiquidationJob`), or when the data of a work isn't two words long (`StrategyHarvestJob`)",
    remedy:
      "`LiquidationJob`: Encode the data as `abi.encode(n, borrowers)` does. `StrategyHarvestJob`: Encode the data as `abi.encode(strategy, action)` does.",
  },
  "0xd5918e98": {
    name: "WorkDataMalformed",
    thrown: "when the data of `work` doesn't fit the upkeep",
    remedy:
      "Encode the data as `abi.encode(id)` does, or `abi.encode(id, performData)` for an upkeep that is checked in simulation only.",
  },
  "0xd92e233d": {
    name: "ZeroAddress",
    thrown: "when an address is zero that must not be zero",
    remedy:
      "Name an address. If the call takes none, the network has no helper yet: have governance call `setKeep3rHelper`.",
  },
  "0x1f2a2005": {
    name: "ZeroAmount",
    thrown: "when the amount is zero, which would do nothing",
    remedy: "Name an amount above zero. If the call takes none, there is nothing to send.",
  },
};
