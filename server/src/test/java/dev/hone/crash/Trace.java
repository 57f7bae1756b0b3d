package dev.hone.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The system calls of a process that write or sync, as strace records them: a line for a call, or
 * two where another thread came between its begin and its end. Lines are in the order of events.
 */
record Trace(List<Call> calls) {

  private static final Pattern LINE = Pattern.compile("(\\d+) +[\\d.]+ (.*)");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. (\\w+) resumed>(.*)");
  private static final Pattern ON_FILE = Pattern.compile("(\\w+)\\(\\d+<(.*?)>(?:,.*|\\).*)?");
  private static final Pattern OTHER = Pattern.compile("(\\w+)\\(.*");
  private static final String UNFINISHED = " <unfinished ...>";

  /**
   * A call.
   *
   * @param thread that made it
   * @param name of the call
   * @param file or socket that it was made on; empty for one that takes names
   * @param text all of it, with its arguments
   * @param begin the line of its begin
   * @param end the line of its end; greater than all for one that never came back
   */
  record Call(String thread, String name, String file, String text, int begin, int end) {

    boolean writes() {
      return name.contains("write") || name.startsWith("send");
    }

    boolean syncs() {
      return name.equals("fsync") || name.equals("fdatasync");
    }
  }

  /** What stands before a command to trace it; where that is not permitted, the test is skipped. */
  static List<String> tracer(Path file) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf", "-ttt", "-yy"));
    command.addAll(List.of("-s", "16384", "-o", file.toString(), "-e"));
    command.add(
        "trace=write,pwrite64,writev,pwritev,sendto,sendmsg,fsync,fdatasync,rename,renameat,renameat2");
    List<String> probe = new ArrayList<>(command);
    probe.add("true");
    boolean permitted;
    try {
      permitted = new ProcessBuilder(probe).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      permitted = false;
    }
    assumeTrue(permitted, "system calls cannot be traced here: that takes strace(1) and ptrace(2)");
    return command;
  }

  static Trace read(Path file) throws IOException {
    List<Call> calls = new ArrayList<>();
    Map<String, Call> unfinished = new HashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file, ISO_8859_1)) {
      Matcher parts = LINE.matcher(line);
      number++;
      if (!parts.matches()) {
        continue;
      }
      String thread = parts.group(1);
      String rest = parts.group(2);
      Matcher resumed = RESUMED.matcher(rest);
      if (resumed.matches()) {
        Call begun = unfinished.remove(thread);
        if (begun != null) {
          calls.add(
              new Call(
                  thread,
                  begun.name,
                  begun.file,
                  begun.text + resumed.group(2),
                  begun.begin,
                  number));
        }
      } else if (rest.endsWith(UNFINISHED)) {
        call(
                thread,
                rest.substring(0, rest.length() - UNFINISHED.length()),
                number,
                Integer.MAX_VALUE)
            .ifPresent(begun -> unfinished.put(thread, begun));
      } else {
        call(thread, rest, number, number).ifPresent(calls::add);
      }
    }
    calls.addAll(unfinished.values());
    calls.sort((a, b) -> Integer.compare(a.begin, b.begin));
    return new Trace(List.copyOf(calls));
  }

  private static Optional<Call> call(String thread, String text, int begin, int end) {
    Matcher onFile = ON_FILE.matcher(text);
    if (onFile.matches()) {
      return Optional.of(new Call(thread, onFile.group(1), onFile.group(2), text, begin, end));
    }
    Matcher other = OTHER.matcher(text);
    return other.matches()
        ? Optional.of(new Call(thread, other.group(1), "", text, begin, end))
        : Optional.empty();
  }

  /** The first call of this sort. */
  Call first(String what, Predicate<Call> sort) {
    return calls.stream()
        .filter(sort)
        .findFirst()
        .orElseThrow(() -> new AssertionError("the trace has no " + what));
  }

  long count(Predicate<Call> sort) {
    return calls.stream().filter(sort).count();
  }
}
