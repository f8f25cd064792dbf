/** What OpenZeppelin's errors mean here: its sources don't say what to do. */
export const LIBRARY_ERRORS: Readonly<Record<string, { thrown: string; remedy: string }>> = {
  ECDSAInvalidSignature: {
    thrown: "when a permit's signature is invalid",
    remedy: "Sign the permit again.",
  },
  ECDSAInvalidSignatureLength: {
    thrown: "when a signature isn't 65 bytes long; a permit's always is",
    remedy: "Sign again, and hand over the signature as it is.",
  },
  ECDSAInvalidSignatureS: {
    thrown: "when a permit has the malleable one of two signatures, with the higher s",
    remedy: "Sign with a wallet that makes signatures with the lower s, as all do today.",
  },
  ERC20InsufficientAllowance: {
    thrown: "when the sender's allowance is below the amount",
    remedy: "Have the owner approve the amount first.",
  },
  ERC20InsufficientBalance: {
    thrown: "when the sender's balance is below the amount",
    remedy: "Send at most the sender's `balanceOf`.",
  },
  ERC20InvalidApprover: {
    thrown: "when the owner is the zero address",
    remedy: "There is nothing to do: it can't happen from outside.",
  },
  ERC20InvalidReceiver: {
    thrown: "when tokens would go to the zero address",
    remedy: "Name a receiver; `burn` destroys tokens.",
  },
  ERC20InvalidSender: {
    thrown: "when tokens would come from the zero address",
    remedy: "Name the owner of the tokens.",
  },
  ERC20InvalidSpender: {
    thrown: "when the spender is the zero address",
    remedy: "Name the spender.",
  },
  ERC2612ExpiredSignature: {
    thrown: "when a permit's deadline has passed",
    remedy: "Sign a permit with a later deadline.",
  },
  ERC2612InvalidSigner: {
    thrown: "when a permit was signed by somebody else, or for another nonce, token or chain",
    remedy: "Sign the permit as the owner, with the nonce that `nonces` returns.",
  },
  FailedCall: {
    thrown: "when a call reverts without a reason, such as one that sends ether",
    remedy: "Name a treasury that takes ether.",
  },
  InsufficientBalance: {
    thrown: "when more ether is to be sent than the contract has",
    remedy: "Wait until the contract has that much.",
  },
  InvalidAccountNonce: {
    thrown: "when a nonce isn't the owner's next one",
    remedy: "Use the nonce that `nonces` returns.",
  },
  InvalidShortString: {
    thrown: "when a stored short string is broken",
    remedy: "There is nothing to do: the token's name and version are fixed, and fit.",
  },
  OwnableInvalidOwner: {
    thrown: "when a job is deployed with the zero address as its owner",
    remedy: "Name an owner.",
  },
  OwnableUnauthorizedAccount: {
    thrown: "when the caller isn't the job contract's owner, or isn't the address that ownership is offered to",
    remedy: "Send it from the address that `owner` returns or, to accept ownership, `pendingOwner`.",
  },
  ReentrancyGuardReentrantCall: {
    thrown: "when the contract is called in the middle of a call of its own, such as by a token in its transfer",
    remedy: "Call it after that call has ended. A token that calls back can't be used.",
  },
  SafeCastOverflowedUintDowncast: {
    thrown: "when an amount is larger than its place in storage",
    remedy: "Name a smaller amount: KP3R amounts go up to 2^88 - 1, token credits to 2^128 - 1.",
  },
  SafeERC20FailedOperation: {
    thrown: "when a token refuses a transfer, or isn't a token",
    remedy: "Check the sender's balance and allowance of the token, and its address.",
  },
  StringTooLong: {
    thrown: "when a short string is longer than 31 bytes",
    remedy: "There is nothing to do: the token's name and version are fixed, and fit.",
  },
};
