/** The networks that can be deployed to. The parameters of each are in deploy/parameters; its node is KEEP3R_RPC_URL's. */
export const NETWORKS = ["localhost", "mainnet", "sepolia", "custom"] as const;
