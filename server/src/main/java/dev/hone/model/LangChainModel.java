package dev.hone.model;

import dev.hone.port.LearningModel;
import dev.hone.port.Tokens;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Any LangChain4j chat model as learning model. Errors are not retried here. */
public final class LangChainModel implements LearningModel {

  /** The request is at fault: malformed, too large, not to be processed. */
  private static final Set<Integer> AT_FAULT = Set.of(400, 413, 422);

  private final ChatModel model;
  private final Duration pause;
  private final Tokens tokens;

  /**
   * @param pause how long to wait after the model was asked in vain, unless its server says; ten
   *     times as long when it refuses everything (a wrong key, an unknown model)
   * @param tokens estimates what a call cost when the model does not say
   */
  public LangChainModel(ChatModel model, Duration pause, Tokens tokens) {
    this.model = model;
    this.pause = pause;
    this.tokens = tokens;
  }

  @Override
  public Reply ask(String space, String instructions, String material) {
    ChatRequest request =
        ChatRequest.builder()
            .messages(SystemMessage.from(instructions), UserMessage.from(material))
            .responseFormat(ResponseFormat.JSON)
            .build();
    try {
      ChatResponse response = model.chat(request);
      return said(response.aiMessage().text(), response.tokenUsage(), instructions, material);
    } catch (ContentFilteredException e) {
      return said(e.getMessage(), null, instructions, material);
    } catch (RateLimitException e) {
      return new Reply.Unavailable("rate limited: " + why(e), retryAfter(e).orElse(pause));
    } catch (NonRetriableException e) {
      return answered(e).map(HttpException::statusCode).filter(AT_FAULT::contains).isPresent()
          ? new Reply.Refused("the learning model does not take the request: " + why(e))
          : new Reply.Unavailable("the learning model refuses: " + why(e), pause.multipliedBy(10));
    } catch (LangChain4jException e) {
      return new Reply.Unavailable(
          "the learning model cannot be asked: " + why(e), retryAfter(e).orElse(pause));
    }
  }

  private Reply said(
      @Nullable String text, @Nullable TokenUsage usage, String instructions, String material) {
    String said = text == null ? "" : text;
    Integer total = usage == null ? null : usage.totalTokenCount();
    return new Reply.Text(
        said,
        total != null && total > 0
            ? total
            : tokens.count(instructions) + tokens.count(material) + tokens.count(said));
  }

  private static Optional<Duration> retryAfter(LangChain4jException e) {
    return answered(e)
        .filter(RefusedAnswer.class::isInstance)
        .flatMap(answer -> ((RefusedAnswer) answer).retryAfter());
  }

  private static Optional<HttpException> answered(LangChain4jException e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof HttpException answer) {
        return Optional.of(answer);
      }
    }
    return Optional.empty();
  }

  /** Of an answer only the status is told: what refuses a key may repeat it. */
  private static String why(LangChain4jException e) {
    return answered(e)
        .map(answer -> "it answers with HTTP status " + answer.statusCode())
        .orElseGet(() -> String.valueOf(e.getMessage()));
  }
}
