package dev.hone.experience;

/**
 * What a model says that a request cost.
 *
 * @param prompt tokens of the prompt
 * @param cached those of them that its provider had cached
 * @param answer tokens of the answer
 */
public record Usage(int prompt, int cached, int answer) {}
