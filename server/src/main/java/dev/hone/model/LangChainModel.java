package dev.hone.model;

import dev.hone.port.LearningModel;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import java.time.Duration;

/**
 * Any LangChain4j chat model as learning model. Errors are not retried here: the work is put off.
 */
public final class LangChainModel implements LearningModel {

  private final ChatModel model;
  private final Duration pause;

  /**
   * @param pause how long to wait after the model could not be asked; ten times as long when it
   *     refused for good (a wrong key, an unknown model)
   */
  public LangChainModel(ChatModel model, Duration pause) {
    this.model = model;
    this.pause = pause;
  }

  @Override
  public Reply ask(String instructions, String material) {
    ChatRequest request =
        ChatRequest.builder()
            .messages(SystemMessage.from(instructions), UserMessage.from(material))
            .responseFormat(ResponseFormat.JSON)
            .build();
    try {
      String text = model.chat(request).aiMessage().text();
      return new Reply.Text(text == null ? "" : text);
    } catch (RateLimitException e) {
      return new Reply.Unavailable("rate limited: " + why(e), pause);
    } catch (NonRetriableException e) {
      return new Reply.Unavailable("the learning model refuses: " + why(e), pause.multipliedBy(10));
    } catch (LangChain4jException e) {
      return new Reply.Unavailable("the learning model cannot be asked: " + why(e), pause);
    }
  }

  /** Of an answer only the status is told: what refuses a key may repeat it. */
  private static String why(LangChain4jException e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof HttpException answer) {
        return "it answers with HTTP status " + answer.statusCode();
      }
    }
    return String.valueOf(e.getMessage());
  }
}
