package dev.hone.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.StructuredChatCompletion;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The script of the official OpenAI client for Java. */
final class OpenAiJavaScript {

  private static final String QUESTION = "How is the cooling loop of the Kestrel rig closed?";
  private static final int[] ERRORS = {400, 401, 429, 500};

  /** A structured answer. */
  public static final class Berth {
    public int berth;
    public String note = "";
  }

  private final OpenAIClient client;
  private final OpenAIClient patient;

  private OpenAiJavaScript(OpenAIClient client, OpenAIClient patient) {
    this.client = client;
    this.patient = patient;
  }

  /** Runs the script; returns what was seen, step by step. */
  static JsonNode run(String url) {
    OpenAIClient client = client(url, 0);
    OpenAIClient patient = client(url, 2);
    try {
      Map<String, Object> steps = new OpenAiJavaScript(client, patient).steps();
      return new ObjectMapper().valueToTree(steps);
    } finally {
      client.close();
      patient.close();
    }
  }

  private static OpenAIClient client(String url, int retries) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(url + "/v1")
        .apiKey("sk-script")
        .maxRetries(retries)
        .build();
  }

  private Map<String, Object> steps() {
    Map<String, Object> steps = new LinkedHashMap<>();
    steps.put("chat", client.chat().completions().create(asking("chat").build()).toString());
    steps.put("stream", stream());
    steps.put("tools", tools());
    steps.put("structured", structured());
    steps.put("errors", errors());
    steps.put("abort", abort());
    steps.put("retries", said(patient.chat().completions().create(asking("flaky").build())));
    steps.put("models", client.models().list().autoPager().stream().map(Model::id).toList());
    steps.put("embeddings", embeddings());
    steps.put("responses", responses());
    return steps;
  }

  private static ChatCompletionCreateParams.Builder asking(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(QUESTION);
  }

  private static String said(ChatCompletion completion) {
    return completion.choices().getFirst().message().content().orElseThrow();
  }

  private List<String> stream() {
    ChatCompletionCreateParams asking =
        asking("stream")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(asking)) {
      return stream.stream().map(ChatCompletionChunk::toString).toList();
    }
  }

  private List<String> tools() {
    ChatCompletionFunctionTool tool =
        ChatCompletionFunctionTool.builder()
            .function(
                FunctionDefinition.builder()
                    .name("depth")
                    .parameters(
                        FunctionParameters.builder()
                            .putAdditionalProperty("type", JsonValue.from("object"))
                            .build())
                    .build())
            .build();
    ChatCompletionCreateParams.Builder asking = asking("tools").addTool(tool);
    ChatCompletion first = client.chat().completions().create(asking.build());
    ChatCompletionMessage message = first.choices().getFirst().message();
    asking.addMessage(message);
    for (ChatCompletionMessageToolCall call : message.toolCalls().orElseThrow()) {
      asking.addMessage(
          ChatCompletionToolMessageParam.builder()
              .toolCallId(call.asFunction().id())
              .content(call.asFunction().function().arguments())
              .build());
    }
    ChatCompletion second = client.chat().completions().create(asking.build());
    return List.of(first.toString(), second.toString());
  }

  private Map<String, Object> structured() {
    StructuredChatCompletion<Berth> completion =
        client
            .chat()
            .completions()
            .create(asking("structured").responseFormat(Berth.class).build());
    Berth berth = completion.choices().getFirst().message().content().orElseThrow();
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("berth", berth.berth);
    seen.put("note", berth.note);
    return seen;
  }

  private Map<String, Object> errors() {
    Map<String, Object> seen = new LinkedHashMap<>();
    for (int status : ERRORS) {
      try {
        client.chat().completions().create(asking("error-" + status).build());
        seen.put("" + status, "no error");
      } catch (OpenAIServiceException e) {
        seen.put(
            "" + status,
            List.of(
                e.getClass().getSimpleName(),
                e.statusCode(),
                String.valueOf(e.getMessage()),
                e.code().orElse(""),
                e.headers().values("retry-after"),
                e.headers().values("x-request-id"),
                e.headers().values("x-ratelimit-remaining-requests")));
      }
    }
    return seen;
  }

  private long abort() {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(asking("endless").build())) {
      return stream.stream().limit(3).count();
    }
  }

  private Map<String, Object> embeddings() {
    Map<String, Object> seen = new LinkedHashMap<>();
    for (EmbeddingCreateParams.EncodingFormat format :
        List.of(
            EmbeddingCreateParams.EncodingFormat.FLOAT,
            EmbeddingCreateParams.EncodingFormat.BASE64)) {
      List<List<Float>> vectors = new ArrayList<>();
      for (Embedding each :
          client
              .embeddings()
              .create(
                  EmbeddingCreateParams.builder()
                      .model("embed")
                      .inputOfArrayOfStrings(List.of("a", "b"))
                      .encodingFormat(format)
                      .build())
              .data()) {
        vectors.add(each.embedding());
      }
      seen.put(format.asString(), vectors);
    }
    return seen;
  }

  private List<Object> responses() {
    ResponseCreateParams asking =
        ResponseCreateParams.builder().model("respond").input(QUESTION).build();
    String whole = client.responses().create(asking).toString();
    try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(asking)) {
      return List.of(whole, stream.stream().map(ResponseStreamEvent::toString).toList());
    }
  }
}
