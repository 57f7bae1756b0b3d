package dev.hone.lab.server;

/**
 * A model behind an OpenAI-compatible server.
 *
 * @param url the server
 * @param name the model
 */
public record RemoteModel(String url, String name) {}
