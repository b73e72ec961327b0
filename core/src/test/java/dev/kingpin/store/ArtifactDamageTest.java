package dev.kingpin.store;

import static dev.kingpin.store.StoreFixtures.bytes;
import static dev.kingpin.store.StoreFixtures.flipBit;
import static dev.kingpin.store.StoreFixtures.number;
import static dev.kingpin.store.StoreFixtures.truncate;
import static dev.kingpin.store.StoreFixtures.writeArtifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A damaged file is refused, or what is read is what was written. */
class ArtifactDamageTest {
  private static final List<Map.Entry<String, String>> ENTRIES =
      List.of(Map.entry("PDX", "model one"), Map.entry("", "m"), Map.entry("SEA", ""));

  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void write() {
    target = folder.resolve("delay.kp");
    writeArtifact(target, "{\"query\":1}", ENTRIES);
  }

  // The head has bytes 0-23, the header 24-34, the entries 35-62, 63-79 and 80-98,
  // the locators 99-158, the hash records 159-194, the footer 195-250.
  @ParameterizedTest
  @CsvSource({
    "0, not a Kingpin file",
    "7, not a Kingpin file",
    "11, format version",
    "12, head",
    "18, head",
    "23, head",
    "24, header",
    "34, header",
    "35, Group entry 0",
    "42, Group entry 0",
    "46, Group entry 0",
    "50, Group entry 0",
    "53, Group entry 0",
    "62, Group entry 0",
    "63, Group entry 1",
    "79, Group entry 1",
    "80, Group entry 2",
    "98, Group entry 2",
    "99, index",
    "158, index",
    "159, index",
    "194, index",
    "195, end",
    "206, end",
    "220, end",
    "242, end",
    "250, end"
  })
  void theDamagedPartIsNamed(long position, String part) throws IOException {
    assertThat(Files.size(target)).isEqualTo(251);
    flipBit(target, position, 3);
    assertThatThrownBy(this::openAndVerify)
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContainingAll(part, target.toString(), "Maybe");
  }

  @Test
  void noBitCanFlipUnseen() throws IOException {
    for (long position = 0; position < Files.size(target); position++) {
      for (int bit = 0; bit < 8; bit++) {
        flipBit(target, position, bit);
        assertThatThrownBy(this::openAndVerify)
            .as("bit %d of byte %d", bit, position)
            .isExactlyInstanceOf(InputException.class)
            .hasMessageContaining("Maybe");
        readsAreRightOrRefused();
        flipBit(target, position, bit);
      }
    }
    openAndVerify();
  }

  @Test
  void noTruncatedOrLengthenedFileOpens() throws IOException {
    byte[] whole = Files.readAllBytes(target);
    for (int length = 0; length < whole.length + 100; length++) {
      Files.write(target, Arrays.copyOf(whole, length));
      if (length != whole.length) {
        String reason = length < 8 ? "not a Kingpin file" : "cut off";
        assertThatThrownBy(() -> Artifact.open(target))
            .as("length %d", length)
            .isExactlyInstanceOf(InputException.class)
            .hasMessageContainingAll(reason, "Maybe");
      }
    }
  }

  @Test
  void aFileCutOffWhileItIsOpenIsRefused() throws IOException {
    try (Artifact artifact = Artifact.open(target)) {
      truncate(target, 60);
      assertThatThrownBy(() -> artifact.payload(0))
          .isExactlyInstanceOf(InputException.class)
          .hasMessageContainingAll("cut off", "Maybe");
    }
  }

  @Test
  void aNewerFormatAsksForAnUpgrade() throws IOException {
    byte[] file = Files.readAllBytes(target);
    ByteBuffer.wrap(file).putInt(8, 2).putInt(20, Checksum.of(Arrays.copyOf(file, 20)));
    Files.write(target, file);
    assertThatThrownBy(() -> Artifact.open(target))
        .isExactlyInstanceOf(InputException.class)
        .hasMessage(
            "(%s) has format version 2, and this Kingpin knows versions up to 1.".formatted(target)
                + " Maybe upgrade Kingpin.");
  }

  @ParameterizedTest
  @CsvSource({
    // values that no writer writes, under a right sum: place, record length, number of the record
    "99, 20, 0, 128",
    "106, 20, 0, 1",
    "107, 20, 0, 127",
    "107, 20, 0, 255",
    "111, 20, 0, 255",
    "163, 12, 0, 128",
    "166, 12, 0, 3",
    "178, 12, 1, 3"
  })
  void impossibleNumbersInTheIndexAreRefused(int position, int length, int number, int value)
      throws IOException {
    byte[] file = Files.readAllBytes(target);
    int start = length == 20 ? 99 : 159 + 12 * number;
    file[position] = (byte) value;
    int sum = Checksum.of(number, file, start, length - 4);
    ByteBuffer.wrap(file).putInt(start + length - 4, sum);
    Files.write(target, file);
    assertThatThrownBy(this::openAndVerify)
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContainingAll("damaged", "Maybe restore");
    readsAreRightOrRefused();
  }

  @Test
  void partsMovedToOtherPlacesAreRefused() throws IOException {
    writeArtifact(
        target, "", List.of(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("c", "3")));
    byte[] file = Files.readAllBytes(target);
    int entries = 24;
    int locators = entries + 3 * 18;
    int hashes = locators + 3 * 20;
    swap(file, entries, entries + 18, 18);
    swap(file, locators, locators + 20, 20);
    swap(file, hashes, hashes + 12, 12);
  }

  private void swap(byte[] original, int one, int other, int length) throws IOException {
    byte[] file = original.clone();
    System.arraycopy(original, one, file, other, length);
    System.arraycopy(original, other, file, one, length);
    Files.write(target, file);
    assertThatThrownBy(this::openAndVerify)
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContainingAll("Maybe restore");
    try (Artifact artifact = Artifact.open(target)) {
      assertThatThrownBy(
              () -> {
                artifact.find(bytes("a"));
                artifact.find(bytes("b"));
                artifact.find(bytes("c"));
              })
          .isExactlyInstanceOf(InputException.class);
    }
  }

  @Test
  void randomDamageToALargeFileNeverGivesWrongBytes() throws IOException {
    int count = 3_000;
    try (ArtifactWriter writer = ArtifactWriter.create(target, bytes("header"))) {
      for (int i = 0; i < count; i++) {
        writer.add(number(i * 7L), number(i * 13L));
      }
      writer.finish();
    }
    byte[] whole = Files.readAllBytes(target);
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      byte[] file = whole.clone();
      damage(random, file);
      Files.write(target, file);
      try (Artifact artifact = Artifact.open(target)) {
        for (int look = 0; look < 50; look++) {
          int i = random.nextInt(count);
          right(() -> artifact.key(i), number(i * 7L));
          right(() -> artifact.payload(i), number(i * 13L));
          right(() -> artifact.find(number(i * 7L)).orElseThrow(), number(i * 13L));
          right(() -> artifact.find(number(-1L - i)).orElse(new byte[0]), new byte[0]);
        }
      } catch (InputException e) {
        assertThat(e).hasMessageContaining("Maybe");
      }
    }
  }

  /** Flips a bit, or sets a run of bytes to zero, or fills it with noise. */
  private static void damage(Random random, byte[] file) {
    int position = random.nextInt(file.length);
    int length = Math.min(file.length - position, 1 + random.nextInt(4_096));
    switch (random.nextInt(3)) {
      case 0 -> file[position] ^= (byte) (1 << random.nextInt(8));
      case 1 -> Arrays.fill(file, position, position + length, (byte) 0);
      default -> {
        byte[] noise = StoreFixtures.random(random, length);
        System.arraycopy(noise, 0, file, position, length);
      }
    }
  }

  private interface Read {
    byte[] get();
  }

  private static void right(Read read, byte[] expected) {
    try {
      assertThat(read.get()).isEqualTo(expected);
    } catch (InputException e) {
      assertThat(e).hasMessageContaining("Maybe");
    }
  }

  private void openAndVerify() {
    try (Artifact artifact = Artifact.open(target)) {
      artifact.verify();
    }
  }

  private void readsAreRightOrRefused() {
    try (Artifact artifact = Artifact.open(target)) {
      right(artifact::header, bytes("{\"query\":1}"));
      for (int i = 0; i < ENTRIES.size(); i++) {
        int entry = i;
        byte[] key = bytes(ENTRIES.get(i).getKey());
        byte[] payload = bytes(ENTRIES.get(i).getValue());
        right(() -> artifact.key(entry), key);
        right(() -> artifact.payload(entry), payload);
        right(() -> artifact.find(key).orElseThrow(), payload);
      }
      right(() -> artifact.find(bytes("LAX")).orElse(new byte[0]), new byte[0]);
    } catch (InputException e) {
      assertThat(e).hasMessageContaining("Maybe");
    }
  }
}
