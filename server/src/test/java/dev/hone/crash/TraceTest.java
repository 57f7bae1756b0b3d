package dev.hone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of system calls are read with the threads in between. */
class TraceTest {

  @TempDir private Path folder;

  @Test
  void aCallThatAnotherThreadInterruptsIsOneCall() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("trace"),
            """
            17 1700.000001 pwrite64(21</data/hone.db-wal>, "page", 4096, 0) = 4096
            17 1700.000002 fdatasync(21</data/hone.db-wal> <unfinished ...>
            18 1700.000003 write(9<TCPv6:[[::ffff:127.0.0.1]:80->[::ffff:127.0.0.1]:81]>, "a > b, c", 8) = 8
            18 1700.000004 --- SIGSEGV {si_signo=SIGSEGV} ---
            17 1700.000005 <... fdatasync resumed>) = 0
            18 1700.000006 rename("/data/a.part", "/data/a") = 0
            19 1700.000007 fsync(30</data> <unfinished ...>
            19 1700.000008 +++ killed by SIGKILL +++
            """);

    Trace trace = Trace.read(file);

    assertThat(trace.calls())
        .extracting(Trace.Call::name)
        .containsExactly("pwrite64", "fdatasync", "write", "rename", "fsync");
    Trace.Call sync = trace.first("sync", Trace.Call::syncs);
    assertThat(sync.file()).isEqualTo("/data/hone.db-wal");
    assertThat(sync.begin()).isEqualTo(2);
    assertThat(sync.end()).isEqualTo(5);
    assertThat(trace.first("send", call -> call.name().equals("write")).file())
        .isEqualTo("TCPv6:[[::ffff:127.0.0.1]:80->[::ffff:127.0.0.1]:81]");
    assertThat(trace.calls().getLast().end()).isEqualTo(Integer.MAX_VALUE);
  }
}
