package dev.hone.http.exchange;

import io.helidon.webserver.http.Handler;

/**
 * An operation and what serves its requests, once they are let in.
 *
 * @param handler called only for those who may
 */
public record Route(Operation operation, Handler handler) {}
