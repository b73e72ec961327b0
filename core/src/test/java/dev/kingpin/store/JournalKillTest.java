package dev.kingpin.store;

import static dev.kingpin.store.StoreFixtures.bytes;
import static dev.kingpin.store.StoreFixtures.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write are killed at random moments; what they reported as written is there. */
class JournalKillTest {
  private static final RunFingerprint RUN = new RunFingerprint("query", "rows", "1.0");
  private static final long COMPACT_BYTES = 200_000;

  @TempDir Path folder;

  @Test
  void noReportedRecordIsLostHoweverOftenTheRunIsKilled() throws Exception {
    Path path = folder.resolve("delay.kp.journal");
    Random random = new Random();
    int reported = 0;
    Journal.create(path, RUN).close();
    for (int round = 0; round < 5; round++) {
      try (ChildJvm child = ChildJvm.start(Appender.class, path.toString())) {
        int lines = 1 + random.nextInt(400);
        for (int i = 0; i < lines; i++) {
          reported = Integer.parseInt(child.line());
        }
        // A line that the kill cut short is no report.
        List<String> rest = child.kill();
        reported = rest.size() < 2 ? reported : Integer.parseInt(rest.get(rest.size() - 2));
      }
      check(path, reported);
    }
  }

  private static void check(Path path, int reported) {
    try (Journal journal = Journal.resume(path, RUN)) {
      assertThat(journal.doneCount()).isGreaterThan(reported);
      for (int i = 0; i < journal.doneCount(); i++) {
        assertThat(journal.doneKey(i)).isEqualTo(number(i));
        assertThat(journal.donePayload(i)).isEqualTo(payload(i));
      }
      byte[] giant = journal.findSnapshot(bytes("giant")).orElseThrow();
      assertThat(ByteBuffer.wrap(giant).getLong(0)).isGreaterThanOrEqualTo(reported);
      assertThat(giant).isEqualTo(snapshot(ByteBuffer.wrap(giant).getLong(0)));
    }
  }

  private static byte[] payload(long i) {
    byte[] payload = new byte[(int) (i * 31 % 500)];
    new Random(i).nextBytes(payload);
    return payload;
  }

  private static byte[] snapshot(long i) {
    byte[] snapshot = new byte[5_000];
    new Random(i).nextBytes(snapshot);
    ByteBuffer.wrap(snapshot).putLong(0, i);
    return snapshot;
  }

  /** Goes on with a journal for ever and prints the number of each group when it is done. */
  static final class Appender {
    private Appender() {}

    public static void main(String[] arguments) {
      Journal journal = Journal.resume(Path.of(arguments[0]), RUN, COMPACT_BYTES);
      for (int i = journal.doneCount(); ; i++) {
        journal.append(RecordKind.GROUP_SNAPSHOT, bytes("giant"), snapshot(i));
        journal.append(RecordKind.GROUP_DONE, number(i), payload(i));
        System.out.println(i);
      }
    }
  }

  @Test
  void theArtifactIsTheOldOrTheNewOneHoweverOftenTheWriterIsKilled() throws Exception {
    Path target = folder.resolve("delay.kp");
    Random random = new Random();
    for (int round = 0; round < 3; round++) {
      long reported = 0;
      try (ChildJvm child = ChildJvm.start(Writer.class, target.toString())) {
        int lines = 1 + random.nextInt(20);
        for (int i = 0; i < lines; i++) {
          reported = Long.parseLong(child.line());
        }
        child.kill();
      }
      try (Artifact artifact = Artifact.open(target)) {
        artifact.verify();
        long version = ByteBuffer.wrap(artifact.header()).getLong();
        assertThat(version).isGreaterThanOrEqualTo(reported);
        assertThat(artifact.size()).isEqualTo(300);
        assertThat(artifact.payload(299)).isEqualTo(number(version));
      }
    }
    assertThat(Files.exists(folder.resolve("delay.kp.lock"))).isFalse();
  }

  /** Replaces an artifact for ever and prints its version. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      for (long version = 0; ; version++) {
        try (ArtifactWriter writer =
            ArtifactWriter.create(Path.of(arguments[0]), number(version))) {
          for (int i = 0; i < 300; i++) {
            writer.add(number(i), number(version));
          }
          writer.finish();
        }
        System.out.println(version);
      }
    }
  }
}
