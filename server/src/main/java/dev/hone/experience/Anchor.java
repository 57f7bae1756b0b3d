package dev.hone.experience;

/**
 * Where a block was put: at the message that ends this chain. Frozen: whenever the client sends
 * that message again, the same block is put back byte for byte.
 *
 * @param chain the digest of the conversation up to and including the message
 * @param block what was put there; may be empty, and then stays empty
 */
public record Anchor(Digest chain, Block block) {}
