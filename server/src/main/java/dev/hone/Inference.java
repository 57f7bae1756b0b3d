package dev.hone;

import dev.hone.experience.Anchor;
import dev.hone.experience.Block;
import dev.hone.experience.Digest;
import dev.hone.experience.Hit;
import dev.hone.experience.Limits;
import dev.hone.experience.Query;
import dev.hone.frontend.capture.Conversations;
import dev.hone.frontend.capture.Recorder;
import dev.hone.network.Deadline;
import dev.hone.network.Network;
import dev.hone.port.Classifier;
import dev.hone.port.Ids;
import dev.hone.port.Journal;
import dev.hone.port.Upstream;
import dev.hone.port.Upstreams;
import dev.hone.wire.ChatRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The online path: locate → classify → route → retrieve → augment → ask the model → capture.
 * Everything that is Hone's own runs under a deadline; past it the request goes out as it came.
 */
public final class Inference {

  private static final Logger LOG = LoggerFactory.getLogger(Inference.class);

  /** Refusals of a request as such: an augmented one is sent once more as it came. */
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

  /** What a rehearsal may take before Hone starts without it. */
  private static final Duration REHEARSAL = Duration.ofSeconds(10);

  private final Conversations conversations;
  private final Classifier classifier;
  private final Network network;
  private final Offers offers;
  private final Recorder recorder;
  private final Upstreams upstreams;
  private final Deadline deadline;
  private final Foreground foreground;
  private final Meters meters;
  private final Credentials credentials;
  private final Ids ids;
  private final InstantSource clock;
  private final Limits limits;

  /**
   * @param limits items shown at most for one message
   */
  public Inference(
      Conversations conversations,
      Classifier classifier,
      Network network,
      Offers offers,
      Recorder recorder,
      Upstreams upstreams,
      Deadline deadline,
      Foreground foreground,
      Meters meters,
      Credentials credentials,
      Ids ids,
      InstantSource clock,
      Limits limits) {
    this.conversations = conversations;
    this.classifier = classifier;
    this.network = network;
    this.offers = offers;
    this.recorder = recorder;
    this.upstreams = upstreams;
    this.deadline = deadline;
    this.foreground = foreground;
    this.meters = meters;
    this.credentials = credentials;
    this.ids = ids;
    this.clock = clock;
    this.limits = limits;
  }

  /** What was decided about a request before the model is asked. */
  private record Plan(Conversations.Place place, Augmentation augmentation) {}

  /**
   * Answers one request.
   *
   * @throws IOException if the upstream cannot be reached, or breaks off
   */
  public void answer(Call call, Client client) throws IOException {
    try (Foreground.Request _ = foreground.begin()) {
      Plan plan = plan(call, deadline.start());
      Optional<Recorder.Recording> recording =
          call.mode().captures()
              ? Optional.of(recorder.open(opening(call, plan)))
              : Optional.empty();
      Reply reply =
          new Reply(call, plan.augmentation, recording, client, meters, credentials, clock);
      try {
        ask(upstreams.forModel(call.asked().model()), call, plan.augmentation, reply);
      } finally {
        reply.over();
      }
    }
  }

  /**
   * Goes through a request up to the model, so that the first real one does not wait for code to be
   * loaded. Nobody waits for it, so it takes its time.
   */
  void rehearse(Call call) {
    spliced(call, plan(call, deadline.start(REHEARSAL)).augmentation);
  }

  private static byte[] spliced(Call call, Augmentation augmentation) {
    return call.asked() instanceof ChatRequest chat
        ? chat.spliced(augmentation.splices())
        : call.wire().body();
  }

  private void ask(Upstream upstream, Call call, Augmentation augmentation, Reply reply)
      throws IOException {
    reply.asking();
    if (augmentation.isEmpty()) {
      askPlainly(upstream, call, reply);
      return;
    }
    Upstream.Request augmented = call.wire().withBody(spliced(call, augmentation));
    boolean refused;
    try (Upstream.Answer answer = upstream.ask(augmented)) {
      refused = REFUSALS.contains(answer.status());
      if (!refused) {
        reply.relay(answer);
      }
    } catch (IOException e) {
      throw reply.unanswered(e);
    }
    if (refused) {
      meters.failedOpen("refused");
      reply.withoutExperience();
      askPlainly(upstream, call, reply);
    }
  }

  private static void askPlainly(Upstream upstream, Call call, Reply reply) throws IOException {
    try (Upstream.Answer answer = upstream.ask(call.wire())) {
      reply.relay(answer);
    } catch (IOException e) {
      throw reply.unanswered(e);
    }
  }

  private Plan plan(Call call, Deadline.Running time) {
    if (!call.mode().augments() && !call.mode().captures()) {
      return new Plan(
          conversations.unlocated(call.scope()), Augmentation.none(Augmentation.BYPASSED));
    }
    List<Digest> chain = call.asked().chain();
    return switch (time.within(
        () -> conversations.locate(call.scope(), call.asked().messages(), chain))) {
      case Deadline.Result.InTime<Conversations.Place>(Conversations.Place place) ->
          new Plan(
              place,
              augments(call)
                  .map(chat -> augmentation(call, chat, chain, place, time))
                  .orElse(Augmentation.none(Augmentation.BYPASSED)));
      case Deadline.Result.Missed<Conversations.Place>(String why) -> {
        failedOpen(why);
        yield new Plan(
            conversations.unlocated(call.scope()),
            Augmentation.none(
                augments(call).isPresent() ? Augmentation.FAILED_OPEN : Augmentation.BYPASSED));
      }
    };
  }

  /** The chat that is to be augmented, if it is one. */
  private static Optional<ChatRequest> augments(Call call) {
    return call.mode().augments() && call.asked() instanceof ChatRequest chat
        ? Optional.of(chat)
        : Optional.empty();
  }

  private void failedOpen(String why) {
    LOG.warn("a request goes on without experience: {}", why);
    meters.failedOpen(why);
  }

  /**
   * Blocks of before are put back where they stood, also when there is no time to look for more. A
   * new user message may bring one new block, of items not shown before; a message that is followed
   * by tool calls brings none. Of what is found, some may be held back to measure whether it helps.
   */
  private Augmentation augmentation(
      Call call,
      ChatRequest chat,
      List<Digest> chain,
      Conversations.Place place,
      Deadline.Running time) {
    Map<Digest, Block> anchors = place.anchors();
    List<ChatRequest.Splice> splices = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      Block block = anchors.getOrDefault(chain.get(i), Block.NONE);
      if (!block.isEmpty() && chat.takesText(i)) {
        splices.add(new ChatRequest.Splice(i, block.text()));
        blocks.add(block);
      }
    }
    int last = chain.size() - 1;
    boolean asksAnew =
        (limits.largest(Set.of()) > 0 || offers.asks(call))
            && chat.newestUserMessage().equals(Optional.of(last))
            && !anchors.containsKey(chain.get(last));
    if (!asksAnew) {
      return Augmentation.of(splices, blocks, null, offers.draw(call));
    }
    String asked = chat.messages().get(last).text();
    List<Block> before = List.copyOf(blocks);
    return switch (time.within(
        () -> offers.of(call, place.conversation(), found(call, place, asked, before)))) {
      case Deadline.Result.InTime<Offers.Offer>(Offers.Offer offer) -> {
        Block block = offer.block();
        if (!block.isEmpty()) {
          splices.add(new ChatRequest.Splice(last, block.text()));
          blocks.add(block);
        }
        yield Augmentation.of(splices, blocks, new Anchor(chain.get(last), block), offer.draw());
      }
      case Deadline.Result.Missed<Offers.Offer>(String why) -> {
        failedOpen(why);
        yield new Augmentation(Augmentation.FAILED_OPEN, splices, blocks, null, offers.draw(call));
      }
    };
  }

  private List<Hit> found(
      Call call, Conversations.Place place, String asked, List<Block> shownBefore) {
    String space = call.scope().space();
    Set<String> shown =
        shownBefore.stream()
            .flatMap(block -> block.items().stream())
            .map(Block.Shown::id)
            .collect(Collectors.toSet());
    Set<String> types = classifier.route(space, asked).types();
    int most = limits.largest(types);
    return most == 0
        ? List.of()
        : network.retrieve(
            new Query(
                space,
                call.scope().principal(),
                asked,
                types,
                call.pin().sequence(),
                most,
                shown,
                limits,
                Offers.counts(call) ? place.conversation() : ""));
  }

  private Journal.Opening opening(Call call, Plan plan) {
    String id = ids.next();
    Conversations.Place place = plan.place;
    Augmentation augmentation = plan.augmentation;
    return new Journal.Opening(
        id,
        call.scope(),
        call.mode(),
        call.wire().path().split("\\?", 2)[0],
        place.conversation(),
        place.parent(),
        call.asked().model(),
        call.asked().messages().subList(place.newFrom(), call.asked().messages().size()),
        call.asked().end(),
        call.asked().parameters(),
        augmentation.anchor(),
        augmentation.exposures(id),
        clock.instant());
  }

  /** The upstream cannot be reached, is silent, or broke off before the first byte. */
  public static final class Unreachable extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, List<String>> headers;

    Unreachable(int status, Map<String, List<String>> headers, IOException cause) {
      super(cause.getMessage(), cause);
      this.status = status;
      this.headers = headers;
    }

    /** The HTTP status to tell: 504 when it was silent for too long, else 502. */
    public int status() {
      return status;
    }

    /** What Hone says of the request all the same. */
    public Map<String, List<String>> headers() {
      return headers;
    }
  }
}
