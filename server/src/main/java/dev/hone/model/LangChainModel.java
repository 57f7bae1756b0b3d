package dev.hone.model;

import dev.hone.port.LearningModel;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
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
      return new Reply.Unavailable("rate limited: " + e.getMessage(), pause);
    } catch (NonRetriableException e) {
      return new Reply.Unavailable(
          "the learning model refuses: " + e.getMessage(), pause.multipliedBy(10));
    } catch (LangChain4jException e) {
      return new Reply.Unavailable("the learning model cannot be asked: " + e.getMessage(), pause);
    }
  }
}
