package dev.hone.experience;

import java.util.Objects;

/** One typed part of a message. */
public sealed interface Part {

  /** Plain text. */
  record Text(String text) implements Part {
    public Text {
      Objects.requireNonNull(text);
    }
  }

  /** Reasoning text that a model showed; kept, but no part of the message's digest. */
  record Reasoning(String text) implements Part {
    public Reasoning {
      Objects.requireNonNull(text);
    }
  }

  /** A model's wish to call a tool; {@code arguments} is the JSON text as the model wrote it. */
  record ToolCall(String id, String name, String arguments) implements Part {
    public ToolCall {
      Objects.requireNonNull(id);
      Objects.requireNonNull(name);
      Objects.requireNonNull(arguments);
    }
  }

  /**
   * A part that Hone keeps and does not read: an image, audio, a file. {@code json} is as received.
   */
  record Other(String type, String json) implements Part {
    public Other {
      Objects.requireNonNull(type);
      Objects.requireNonNull(json);
    }
  }
}
