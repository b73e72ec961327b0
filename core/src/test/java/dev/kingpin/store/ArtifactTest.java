package dev.kingpin.store;

import static dev.kingpin.store.StoreFixtures.bytes;
import static dev.kingpin.store.StoreFixtures.number;
import static dev.kingpin.store.StoreFixtures.random;
import static dev.kingpin.store.StoreFixtures.text;
import static dev.kingpin.store.StoreFixtures.writeArtifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactTest {
  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void setTarget() {
    target = folder.resolve("delay.kp");
  }

  @Test
  void entriesAreListedInTheWritersOrderAndFoundByKey() {
    writeArtifact(
        target, "{}", List.of(Map.entry("b", "BB"), Map.entry("a", "A"), Map.entry("c", "")));
    try (Artifact artifact = Artifact.open(target)) {
      assertThat(artifact.path()).isEqualTo(target);
      assertThat(text(artifact.header())).isEqualTo("{}");
      assertThat(artifact.size()).isEqualTo(3);
      assertThat(text(artifact.key(0)) + text(artifact.key(1)) + text(artifact.key(2)))
          .isEqualTo("bac");
      assertThat(text(artifact.payload(0))).isEqualTo("BB");
      assertThat(artifact.find(bytes("a")))
          .hasValueSatisfying(a -> assertThat(a).asString().isEqualTo("A"));
      assertThat(artifact.find(bytes("c"))).hasValueSatisfying(c -> assertThat(c).isEmpty());
      assertThat(artifact.indexOf(bytes("b"))).hasValue(0);
      assertThat(artifact.find(bytes("d"))).isEmpty();
      assertThat(artifact.find(bytes(""))).isEmpty();
      artifact.verify();
    }
  }

  @Test
  void theWorkedExampleOfTheFormatHolds() throws IOException {
    writeArtifact(target, "h", List.of(Map.entry("b", "BB"), Map.entry("a", "A")));
    byte[] file = Files.readAllBytes(target);
    assertThat(file).hasSize(182);
    assertThat(new String(file, 0, 8, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("KINGPIN\0");
    assertThat(file[24]).isEqualTo((byte) 'h');
    assertThat(file[25 + 16]).isEqualTo((byte) 'b');
    assertThat(file[44 + 16]).isEqualTo((byte) 'a');
    assertThat(file[126 + 7]).as("the footer points to the index").isEqualTo((byte) 62);
  }

  @Test
  void anArtifactMayBeEmpty() {
    writeArtifact(target, "", List.of());
    try (Artifact artifact = Artifact.open(target)) {
      assertThat(artifact.size()).isZero();
      assertThat(artifact.header()).isEmpty();
      assertThat(artifact.find(bytes("a"))).isEmpty();
      artifact.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 1_000, 30_000})
  void everyKeyOfManyIsFoundAndNoOther(int count) {
    Random random = new Random(count);
    List<byte[]> keys = new ArrayList<>();
    try (ArtifactWriter writer = ArtifactWriter.create(target, new byte[0])) {
      for (int i = 0; i < count; i++) {
        byte[] key = i % 2 == 0 ? number(i) : random(random, 9 + random.nextInt(20));
        keys.add(key);
        writer.add(key, number(i));
      }
      writer.finish();
    }
    try (Artifact artifact = Artifact.open(target)) {
      for (int i = 0; i < count; i += 1 + count / 2_000) {
        assertThat(artifact.key(i)).isEqualTo(keys.get(i));
        assertThat(artifact.find(keys.get(i)).orElseThrow()).isEqualTo(number(i));
        assertThat(artifact.find(number(-1L - i))).isEmpty();
      }
      artifact.verify();
    }
  }

  @Test
  void payloadsMayBeLargerThanAnyBuffer() {
    byte[] large = random(new Random(1), 3_000_001);
    try (ArtifactWriter writer = ArtifactWriter.create(target, large)) {
      writer.add(bytes("a"), bytes("A"));
      writer.add(bytes("large"), large);
      writer.add(bytes("z"), bytes("Z"));
      writer.finish();
    }
    try (Artifact artifact = Artifact.open(target)) {
      assertThat(artifact.header()).isEqualTo(large);
      assertThat(artifact.find(bytes("large")).orElseThrow()).isEqualTo(large);
      assertThat(artifact.find(bytes("z")).orElseThrow()).isEqualTo(bytes("Z"));
      artifact.verify();
    }
  }

  @Test
  void keysOfTheSameHashAreToldApart() {
    List<byte[]> keys = StoreFixtures.collidingKeys();
    try (ArtifactWriter writer = ArtifactWriter.create(target, new byte[0])) {
      writer.add(keys.get(0), bytes("first"));
      writer.add(keys.get(1), bytes("second"));
      writer.finish();
    }
    try (Artifact artifact = Artifact.open(target)) {
      assertThat(artifact.find(keys.get(0)).orElseThrow()).isEqualTo(bytes("first"));
      assertThat(artifact.find(keys.get(1)).orElseThrow()).isEqualTo(bytes("second"));
      artifact.verify();
    }
    try (ArtifactWriter writer = ArtifactWriter.create(target, new byte[0])) {
      writer.add(keys.get(0), bytes("first"));
      writer.finish();
    }
    try (Artifact artifact = Artifact.open(target)) {
      assertThat(artifact.find(keys.get(1))).isEmpty();
    }
  }

  @Test
  void manyThreadsReadAndAnInterruptHurtsNone() throws Exception {
    int count = 500;
    try (ArtifactWriter writer = ArtifactWriter.create(target, new byte[0])) {
      for (int i = 0; i < count; i++) {
        writer.add(number(i), number(-i));
      }
      writer.finish();
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Artifact artifact = Artifact.open(target)) {
      List<Future<?>> readers = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        boolean interrupted = thread == 0;
        readers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < count; i++) {
                    if (interrupted) {
                      Thread.currentThread().interrupt();
                    }
                    assertThat(artifact.find(number(i)).orElseThrow()).isEqualTo(number(-i));
                  }
                }));
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void wrongCallsAreNotInputExceptions() {
    writeArtifact(target, "", List.of(Map.entry("a", "A")));
    Artifact artifact = Artifact.open(target);
    assertThatThrownBy(() -> artifact.key(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> artifact.payload(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    artifact.close();
    artifact.close();
    assertThatThrownBy(() -> artifact.payload(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsNoArtifactIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("rows.csv"), "origin,delay\nSEA,3\n");
    Path empty = Files.createFile(folder.resolve("empty.kp"));
    assertThatThrownBy(() -> Artifact.open(folder.resolve("none.kp")))
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContainingAll("There is no file", "none.kp", "Maybe");
    for (Path path : List.of(text, empty, folder)) {
      assertThatThrownBy(() -> Artifact.open(path))
          .isExactlyInstanceOf(InputException.class)
          .hasMessageContainingAll("not a Kingpin file", path.toString(), "Maybe");
    }
  }
}
