package dev.kingpin.store;

import static dev.kingpin.store.RecordKind.GROUP_DONE;
import static dev.kingpin.store.RecordKind.GROUP_SNAPSHOT;
import static dev.kingpin.store.StoreFixtures.bytes;
import static dev.kingpin.store.StoreFixtures.filesIn;
import static dev.kingpin.store.StoreFixtures.number;
import static dev.kingpin.store.StoreFixtures.random;
import static dev.kingpin.store.StoreFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final RunFingerprint RUN = new RunFingerprint("query", "rows", "1.0");

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void setPath() {
    path = folder.resolve("delay.kp.journal");
  }

  @Test
  void whatWasAddedIsThereWhileItRunsAndAfterAResume() {
    try (Journal journal = Journal.create(path, RUN)) {
      assertThat(journal.doneCount()).isZero();
      journal.append(GROUP_DONE, bytes("SEA"), bytes("model of SEA"));
      journal.append(GROUP_DONE, bytes(""), bytes(""));
      journal.append(GROUP_SNAPSHOT, bytes("PDX"), bytes("state of PDX"));
      check(journal);
    }
    try (Journal journal = Journal.resume(path, RUN)) {
      check(journal);
      assertThat(journal.repairNote()).isEmpty();
      journal.append(GROUP_DONE, bytes("LAX"), bytes("model of LAX"));
    }
    try (Journal journal = Journal.resume(path, RUN)) {
      assertThat(journal.doneCount()).isEqualTo(3);
      assertThat(text(journal.donePayload(2))).isEqualTo("model of LAX");
    }
  }

  private static void check(Journal journal) {
    assertThat(journal.doneCount()).isEqualTo(2);
    assertThat(text(journal.doneKey(0))).isEqualTo("SEA");
    assertThat(text(journal.donePayload(0))).isEqualTo("model of SEA");
    assertThat(journal.doneKey(1)).isEmpty();
    assertThat(journal.donePayload(1)).isEmpty();
    assertThat(journal.isDone(bytes("SEA"))).isTrue();
    assertThat(journal.isDone(bytes("PDX"))).isFalse();
    assertThat(journal.findDone(bytes("SEA")).map(StoreFixtures::text)).hasValue("model of SEA");
    assertThat(journal.findDone(bytes("PDX"))).isEmpty();
    assertThat(journal.findSnapshot(bytes("PDX")).map(StoreFixtures::text))
        .hasValue("state of PDX");
    assertThat(journal.findSnapshot(bytes("SEA"))).isEmpty();
    assertThat(journal.snapshotKeys()).map(StoreFixtures::text).containsExactly("PDX");
  }

  @Test
  void theLatestSnapshotCountsUntilItsGroupIsDone() {
    try (Journal journal = Journal.create(path, RUN)) {
      journal.append(GROUP_SNAPSHOT, bytes("SEA"), bytes("s1"));
      journal.append(GROUP_SNAPSHOT, bytes("PDX"), bytes("p1"));
      journal.append(GROUP_SNAPSHOT, bytes("SEA"), bytes("s2"));
      journal.append(GROUP_DONE, bytes("PDX"), bytes("p"));
      journal.append(GROUP_SNAPSHOT, bytes("PDX"), bytes("late"));
    }
    try (Journal journal = Journal.resume(path, RUN)) {
      assertThat(journal.snapshotKeys()).map(StoreFixtures::text).containsExactly("SEA");
      assertThat(text(journal.findSnapshot(bytes("SEA")).orElseThrow())).isEqualTo("s2");
      assertThat(journal.findSnapshot(bytes("PDX"))).isEmpty();
    }
  }

  @Test
  void aGroupDoneTwiceKeepsItsNumberAndTheSecondPayload() {
    try (Journal journal = Journal.create(path, RUN)) {
      journal.append(GROUP_DONE, bytes("SEA"), bytes("one"));
      journal.append(GROUP_DONE, bytes("PDX"), bytes("p"));
      journal.append(GROUP_DONE, bytes("SEA"), bytes("two"));
      assertThat(text(journal.donePayload(0))).isEqualTo("two");
    }
    try (Journal journal = Journal.resume(path, RUN)) {
      assertThat(journal.doneCount()).isEqualTo(2);
      assertThat(text(journal.doneKey(0))).isEqualTo("SEA");
      assertThat(text(journal.donePayload(0))).isEqualTo("two");
    }
  }

  @Test
  void createReplacesAnOldJournal() throws IOException {
    try (Journal journal = Journal.create(path, RUN)) {
      journal.append(GROUP_DONE, bytes("SEA"), bytes("old"));
    }
    try (Journal journal = Journal.create(path, new RunFingerprint("other", "rows", "1.0"))) {
      assertThat(journal.doneCount()).isZero();
    }
    assertThat(filesIn(folder)).containsExactly("delay.kp.journal");
  }

  @Test
  void anotherRunIsRefusedAndWhatDiffersIsNamed() {
    Journal.create(path, RUN).close();
    refused(new RunFingerprint("other", "rows", "1.0"), "not the same words of the query. Maybe");
    refused(new RunFingerprint("query", "other", "1.0"), "not the same rows. Maybe");
    refused(
        new RunFingerprint("query", "other", "2.0"),
        "not the same rows, not the same version of Kingpin. Maybe use --overwrite");
    Journal.resume(path, RUN).close();
  }

  private void refused(RunFingerprint run, String reason) {
    assertThatThrownBy(() -> Journal.resume(path, run))
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContainingAll(path.toString(), reason);
  }

  @Test
  void withoutAJournalThereIsNothingToResume() {
    assertThatThrownBy(() -> Journal.resume(path, RUN))
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContainingAll("no journal", path.toString(), "Maybe");
    assertThatThrownBy(() -> Journal.create(folder.resolve("no/delay.kp.journal"), RUN))
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContainingAll("Cannot write", "Maybe");
  }

  @Test
  void manyThreadsAddAndAnInterruptHurtsNone() throws Exception {
    int threads = 4;
    int each = 300;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (Journal journal = Journal.create(path, RUN, 10_000)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread * each;
        workers.add(
            pool.submit(
                () -> {
                  for (int i = first; i < first + each; i++) {
                    if (first == 0) {
                      Thread.currentThread().interrupt();
                    }
                    journal.append(GROUP_SNAPSHOT, number(first), new byte[i % 400]);
                    journal.append(GROUP_DONE, number(i + 1_000_000L), number(i));
                    assertThat(journal.findDone(number(i + 1_000_000L)).orElseThrow())
                        .isEqualTo(number(i));
                  }
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } finally {
      pool.shutdownNow();
    }
    try (Journal journal = Journal.resume(path, RUN)) {
      assertThat(journal.repairNote()).isEmpty();
      assertThat(journal.doneCount()).isEqualTo(threads * each);
      assertThat(journal.snapshotKeys()).hasSize(threads);
      for (int i = 0; i < threads * each; i++) {
        assertThat(journal.findDone(number(i + 1_000_000L)).orElseThrow()).isEqualTo(number(i));
      }
    }
  }

  @Test
  void snapshotsThatNoLongerCountAreClearedAway() throws IOException {
    Random random = new Random(3);
    byte[] last = {};
    try (Journal journal = Journal.create(path, RUN, 100_000)) {
      for (int i = 0; i < 200; i++) {
        journal.append(GROUP_DONE, number(i), number(-i));
        last = random(random, 10_000);
        journal.append(GROUP_SNAPSHOT, bytes("giant"), last);
        journal.append(GROUP_SNAPSHOT, bytes("giant " + i % 3), number(i));
        assertThat(Files.size(path)).isLessThan(300_000);
        assertThat(journal.doneKey(i)).isEqualTo(number(i));
        assertThat(journal.findSnapshot(bytes("giant")).orElseThrow()).isEqualTo(last);
      }
      checkCleared(journal, last);
    }
    assertThat(filesIn(folder)).containsExactly("delay.kp.journal");
    try (Journal journal = Journal.resume(path, RUN)) {
      checkCleared(journal, last);
      assertThat(journal.repairNote()).isEmpty();
    }
  }

  private static void checkCleared(Journal journal, byte[] last) {
    assertThat(journal.doneCount()).isEqualTo(200);
    for (int i = 0; i < 200; i++) {
      assertThat(journal.doneKey(i)).isEqualTo(number(i));
      assertThat(journal.donePayload(i)).isEqualTo(number(-i));
    }
    assertThat(journal.snapshotKeys()).hasSize(4);
    assertThat(journal.findSnapshot(bytes("giant")).orElseThrow()).isEqualTo(last);
    assertThat(journal.findSnapshot(bytes("giant 1")).orElseThrow()).isEqualTo(number(199));
  }

  @Test
  void whereClearingAwayIsNotPossibleTheJournalGoesOn() throws IOException {
    try (Journal journal = Journal.create(path, RUN, 1_000)) {
      Files.createDirectories(folder.resolve("delay.kp.journal.tmp/in the way"));
      for (int i = 0; i < 50; i++) {
        journal.append(GROUP_SNAPSHOT, bytes("giant"), new byte[500 + i]);
      }
      journal.append(GROUP_DONE, bytes("SEA"), bytes("model"));
      assertThat(journal.findSnapshot(bytes("giant")).orElseThrow()).hasSize(549);
      assertThat(Files.size(path)).isGreaterThan(20_000);
      Files.delete(folder.resolve("delay.kp.journal.tmp/in the way"));
    }
    try (Journal journal = Journal.resume(path, RUN)) {
      assertThat(journal.findSnapshot(bytes("giant")).orElseThrow()).hasSize(549);
      assertThat(journal.doneCount()).isEqualTo(1);
    }
  }

  @Test
  void deleteLeavesNothingAndLaterCallsAreRefused() throws IOException {
    Journal journal = Journal.create(path, RUN);
    journal.append(GROUP_DONE, bytes("SEA"), bytes("model"));
    assertThatThrownBy(() -> journal.doneKey(1)).isInstanceOf(IndexOutOfBoundsException.class);
    journal.force();
    journal.delete();
    journal.close();
    assertThat(filesIn(folder)).isEmpty();
    assertThatThrownBy(() -> journal.append(GROUP_DONE, bytes("a"), bytes("b")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> journal.donePayload(0)).isInstanceOf(IllegalStateException.class);
  }
}
