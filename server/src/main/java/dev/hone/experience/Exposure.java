package dev.hone.experience;

/**
 * "This item stood in the prompt of that interaction."
 *
 * @param interaction the interaction
 * @param experience the item
 * @param version its version
 * @param rank from 1
 * @param tokens its cost
 * @param arm why it was shown
 * @param probability with which it was shown, in (0, 1]
 */
public record Exposure(
    String interaction,
    String experience,
    int version,
    int rank,
    int tokens,
    String arm,
    double probability) {}
