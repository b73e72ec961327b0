package dev.kingpin.store;

import static dev.kingpin.store.RecordKind.GROUP_DONE;
import static dev.kingpin.store.RecordKind.GROUP_SNAPSHOT;
import static dev.kingpin.store.StoreFixtures.bytes;
import static dev.kingpin.store.StoreFixtures.filesIn;
import static dev.kingpin.store.StoreFixtures.flipBit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a damaged journal gives back is what was written, and what it lost is said. */
class JournalDamageTest {
  private static final RunFingerprint RUN = new RunFingerprint("query", "rows", "1.0");

  // The header has bytes 0-111, then the records: 112-136, 137-161, 162-185, 186-214.
  private static final int[] ENDS = {112, 137, 162, 186, 215};

  @TempDir Path folder;
  private Path path;
  private byte[] whole;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("delay.kp.journal");
    try (Journal journal = Journal.create(path, RUN)) {
      journal.append(GROUP_DONE, bytes("SEA"), bytes("model"));
      journal.append(GROUP_SNAPSHOT, bytes("PDX"), bytes("early"));
      journal.append(GROUP_DONE, bytes("LAX"), bytes("MODE"));
      journal.append(GROUP_SNAPSHOT, bytes("PDX"), bytes("laterrrrr"));
    }
    whole = Files.readAllBytes(path);
    assertThat(whole).hasSize(ENDS[4]);
  }

  @Test
  void aTornTailIsCutOffAtTheLastWholeRecord() throws IOException {
    for (int length = ENDS[0]; length <= whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      int records = 0;
      while (records < 4 && ENDS[records + 1] <= length) {
        records++;
      }
      int torn = length - ENDS[records];
      try (Journal journal = Journal.resume(path, RUN)) {
        assertThat(contents(journal)).as("length %d", length).isEqualTo(afterRecords(records));
        if (torn == 0) {
          assertThat(journal.repairNote()).isEmpty();
        } else {
          assertThat(journal.repairNote().orElseThrow())
              .contains("the last " + torn + " bytes", path.toString(), "trained again");
        }
      }
      if (length % 5 == 0) { // a record waits for the disk
        goesOn(records);
      }
    }
  }

  /** A repaired journal takes records and needs no second repair. */
  private void goesOn(int records) {
    try (Journal journal = Journal.resume(path, RUN)) {
      assertThat(journal.repairNote()).isEmpty();
      journal.append(GROUP_DONE, bytes("NEW"), bytes("n"));
    }
    Map<String, String> expected = afterRecords(records);
    expected.put("done NEW", "n");
    try (Journal journal = Journal.resume(path, RUN)) {
      assertThat(journal.repairNote()).isEmpty();
      assertThat(contents(journal)).isEqualTo(expected);
    }
  }

  private static Map<String, String> afterRecords(int records) {
    Map<String, String> contents = new LinkedHashMap<>();
    if (records >= 1) {
      contents.put("done SEA", "model");
    }
    if (records >= 2) {
      contents.put("snapshot PDX", records == 4 ? "laterrrrr" : "early");
    }
    if (records >= 3) {
      contents.put("done LAX", "MODE");
    }
    return contents;
  }

  private static Map<String, String> contents(Journal journal) {
    Map<String, String> contents = new LinkedHashMap<>();
    for (int i = 0; i < journal.doneCount(); i++) {
      contents.put(
          "done " + StoreFixtures.text(journal.doneKey(i)),
          StoreFixtures.text(journal.donePayload(i)));
    }
    for (byte[] key : journal.snapshotKeys()) {
      contents.put(
          "snapshot " + StoreFixtures.text(key),
          StoreFixtures.text(journal.findSnapshot(key).orElseThrow()));
    }
    return contents;
  }

  @Test
  void noBitCanFlipUnseen() throws IOException {
    for (int position = 0; position < whole.length; position++) {
      int step = position < ENDS[0] ? 1 : 8; // a repair waits for the disk
      for (int bit = position % step; bit < 8; bit += step) {
        Files.write(path, whole);
        flipBit(path, position, bit);
        if (position < ENDS[0]) {
          assertThatThrownBy(() -> Journal.resume(path, RUN))
              .as("bit %d of byte %d", bit, position)
              .isExactlyInstanceOf(InputException.class)
              .hasMessageContaining("Maybe");
          continue;
        }
        try (Journal journal = Journal.resume(path, RUN)) {
          assertThat(journal.repairNote()).as("byte %d", position).isPresent();
          Map<String, String> found = contents(journal);
          if ("early".equals(found.remove("snapshot PDX"))) {
            assertThat(position).isGreaterThanOrEqualTo(ENDS[2]);
          }
          assertThat(afterRecords(4)).containsAllEntriesOf(found);
        }
        try (Journal journal = Journal.resume(path, RUN)) {
          assertThat(journal.repairNote()).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // the payload of the first record, of the second, of the third, of the last
    "133, done LAX; snapshot PDX, 1 damaged record(s)",
    "160, done SEA; done LAX; snapshot PDX, 1 damaged record(s)",
    "183, done SEA; snapshot PDX, 1 damaged record(s)",
    "214, done SEA; done LAX; snapshot PDX, 1 damaged record(s)",
    // lengths, kind, sums and key
    "115, '', the last 103 bytes",
    "120, '', the last 103 bytes",
    "125, '', the last 103 bytes",
    "130, '', the last 103 bytes",
    "170, done SEA; snapshot PDX, the last 53 bytes"
  })
  void aDamagedPayloadCostsItsRecordAndADamagedHeadWhatFollows(
      int position, String expected, String note) throws IOException {
    flipBit(path, position, 0);
    try (Journal journal = Journal.resume(path, RUN)) {
      assertThat(String.join("; ", contents(journal).keySet())).isEqualTo(expected);
      assertThat(journal.repairNote().orElseThrow()).contains(note);
    }
    assertThat(filesIn(folder)).containsExactly("delay.kp.journal");
  }

  @Test
  void zerosThatAPowerCutLeavesAreCutOff() throws IOException {
    Files.write(path, Arrays.copyOf(whole, whole.length + 4_096));
    try (Journal journal = Journal.resume(path, RUN)) {
      assertThat(contents(journal)).isEqualTo(afterRecords(4));
      assertThat(journal.repairNote().orElseThrow()).contains("the last 4096 bytes");
    }
    goesOn(4);
  }

  @Test
  void aDamagedStartIsRefused() throws IOException {
    for (int length = 0; length < ENDS[0]; length += 7) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Journal.resume(path, RUN))
          .isExactlyInstanceOf(InputException.class)
          .hasMessageContainingAll(
              "start of the journal", path.toString(), "Maybe use --overwrite");
    }
    byte[] newer = whole.clone();
    newer[11] = 2;
    Files.write(path, newer);
    assertThatThrownBy(() -> Journal.resume(path, RUN))
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContainingAll("format version 2", "Maybe upgrade Kingpin");
  }

  @Test
  void damageAfterTheResumeIsRefusedWhenItIsRead() throws IOException {
    try (Journal journal = Journal.resume(path, RUN)) {
      flipBit(path, ENDS[1] - 1, 0);
      assertThat(StoreFixtures.text(journal.doneKey(0))).isEqualTo("SEA");
      assertThatThrownBy(() -> journal.donePayload(0))
          .isExactlyInstanceOf(InputException.class)
          .hasMessageContainingAll("damaged", "Maybe");
    }
  }

  @Test
  void aDamagedSnapshotDoesNotStopItsGroupFromBeingDone() throws IOException {
    try (Journal journal = Journal.resume(path, RUN)) {
      flipBit(path, ENDS[3] + 2, 0);
      journal.append(GROUP_DONE, bytes("PDX"), bytes("done all the same"));
      assertThat(journal.findSnapshot(bytes("PDX"))).isEmpty();
      assertThat(journal.findDone(bytes("PDX"))).isPresent();
    }
  }

  @Test
  void theDraftOfAKilledClearingIsThrownAway() throws IOException {
    Files.write(folder.resolve("delay.kp.journal.tmp"), new byte[100]);
    try (Journal journal = Journal.resume(path, RUN)) {
      assertThat(contents(journal)).isEqualTo(afterRecords(4));
    }
    assertThat(filesIn(folder)).containsExactly("delay.kp.journal");
  }
}
