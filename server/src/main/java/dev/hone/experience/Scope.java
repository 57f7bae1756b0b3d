package dev.hone.experience;

import org.jspecify.annotations.Nullable;

/**
 * Where an interaction belongs.
 *
 * @param space the pool: the wall of isolation
 * @param principal who is answerable for the request: the holder of the API key, as a keyed hash
 * @param user the application's user, if it says
 * @param session the application's session, if it says
 * @param agent the agent, if the application says
 */
public record Scope(
    String space,
    String principal,
    @Nullable String user,
    @Nullable String session,
    @Nullable String agent) {}
