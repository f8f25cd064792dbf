export * from "./abis/index.js";
export { type Chain, chainName, chainOf, CHAINS, LOCAL_CHAIN_ID, MAINNET_ID } from "./chains.js";
export { DEFAULTS, FAST_GAS_MAX_AGE, type Parameter, type ParameterUnit, setterOf, type Tunable } from "./defaults.js";
export {
  type Addresses,
  type ContractName,
  type CoreName,
  type Deployment,
  DEPLOYMENT_VERSION,
  type LocalDeployment,
  type NetworkDeployment,
  parseDeployment,
  requireAddresses,
  requireLocal,
  requireNetwork,
  serializeDeployment,
} from "./deployment.js";
export {
  type Advice,
  decodeRevert,
  explain,
  type Explanation,
  explanationOf,
  isOfKeep3r,
  messageOf,
  type Mishap,
  type Refusal,
  refusalOf,
  REMEDIES,
  revertDataOf,
} from "./errors/index.js";
export { Failure } from "./failure.js";
export { amount, count, duration, ether, gwei, moment, percent, showAmount } from "./format.js";
export { LOCAL_ROLES, type LocalAccount, localAccount, type LocalRole } from "./local.js";
export { BPS, DAY, GWEI, HOUR, MINUTE, portion, ratio, WAD } from "./units.js";
export { type Measure, parseQuantity, showQuantity, showRange } from "./quantities.js";
export { ALL, parseAddress, parseAmount, parseDuration, type Token } from "./values.js";
export { checkChain, createReader, type NodeClient, type ReaderOptions } from "./chain/client.js";
export { BadAnswer, NodeSilent, PrunedHistory, RangeRefused, StaleNode, WrongChain } from "./chain/errors.js";
export { redact, withoutSecrets } from "./chain/redact.js";
export { type Diagnosis, diagnose, type Kind } from "./chain/diagnosis.js";
export { type Retry, RETRY, retrying } from "./chain/retry.js";
export { checkUrl, keep3rTransport, type Keep3rTransport, type TransportOptions } from "./chain/transport.js";
export { blockAt, type BlockHead, firstBlockAfter, latestBlock, pinBlock } from "./chain/blocks.js";
export { type DecodedLog, type LogPage, logPages, type LogQuery, readLogs } from "./chain/logs.js";
export { type TokenMetadata, tokenMetadata, tokensMetadata } from "./tokens.js";
export {
  boostOf,
  type BoostTerms,
  calldataGas,
  type GasPrices,
  MAX_EXTRA_GAS,
  overheadGas,
  type OverheadTerms,
  type PaidWork,
  paymentOf,
  paymentRate,
  type PaymentTerms,
  RATE_SCALE,
  referenceGasPrice,
  type ReferenceTerms,
  type WorkPlace,
} from "./paymentFormula.js";
export {
  type DiscoveredJob,
  type DiscoveriesOptions,
  discoverJob,
  discoverJobs,
  type DiscoveryOptions,
  WORK_SOURCE_ID,
  WORKABLE_ID,
} from "./jobs/discover.js";
export { listJobs, listKeepers, type ListOptions, type NetworkAddresses } from "./jobs/list.js";
export { askForWork, simulateWork, type WorkAnswer, type WorkQuery, type WorkSimulation } from "./jobs/simulate.js";
export {
  type HolderQuery,
  type MinedPayment,
  paymentPages,
  type PaymentQuery,
  readHolders,
  readPayments,
  type Role,
  sumPayments,
} from "./events.js";
export { type OracleAnswer, priceWarning, type PriceState, readPrices, remedyOf } from "./prices.js";
export {
  decodePayments,
  keeperWorkEvent,
  type Payment,
  previewPayment,
  type PreviewQuery,
  type ReceiptLog,
} from "./payments.js";
