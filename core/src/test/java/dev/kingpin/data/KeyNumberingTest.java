package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyNumberingTest {
  @Test
  void groupsOfThreeColumnsAreNumberedAsTheyAreFirstSeen() {
    List<Dictionary> dictionaries = List.of(dictionary(40), dictionary(30), dictionary(20));
    KeyNumbering numbering = new KeyNumbering(dictionaries);
    Map<List<Integer>, Integer> expected = new LinkedHashMap<>();
    Random random = new Random(2);
    int[] numbers = new int[Chunk.CAPACITY];
    for (int round = 0; round < 4; round++) {
      Chunk chunk = chunk(random, dictionaries);
      numbering.number(chunk, numbers);
      for (int r = 0; r < chunk.rows(); r++) {
        List<Integer> key = List.of(chunk.code(0)[r], chunk.code(1)[r], chunk.code(2)[r]);
        expected.putIfAbsent(key, expected.size());
        assertThat(numbers[r]).isEqualTo(expected.get(key));
      }
      assertThat(numbering.groups()).isEqualTo(expected.size());
    }
    int[][] codes = numbering.codes();
    expected.forEach(
        (key, number) -> assertThat(Arrays.stream(codes[number]).boxed().toList()).isEqualTo(key));
    for (int g = 0; g < codes.length; g++) {
      assertThat(numbering.find(numbering.key(codes[g]))).isEqualTo(g);
    }
    assertThat(Arrays.stream(numbering.ascending()).mapToObj(g -> codes[g]))
        .isSortedAccordingTo(Arrays::compareUnsigned)
        .hasSize(expected.size());
  }

  @Test
  void aKeyHasTheTextsOfItsCodes() {
    KeyNumbering numbering = new KeyNumbering(List.of(dictionary(3), dictionary(3), dictionary(3)));
    assertThat(numbering.key(new int[] {2, Dictionary.NULL, 0}))
        .isEqualTo(GroupKey.of("v2", null, "v0"));
  }

  @Test
  void aKeyThatNoRowHadIsNotFound() {
    KeyNumbering numbering = new KeyNumbering(List.of(dictionary(3), dictionary(3), dictionary(3)));
    Chunk chunk = new Chunk(new ScanRequest(List.of(), List.of("a", "b", "c"), null));
    chunk.rows(1); // v0, v0, v0
    numbering.number(chunk, new int[1]);
    assertThat(numbering.find(GroupKey.of("v0", "v0", "v0"))).isZero();
    for (GroupKey other :
        List.of(
            GroupKey.of("v0", "v0", "v1"),
            GroupKey.of("v1", "v0", "v0"),
            GroupKey.of("v0", null, "v0"),
            GroupKey.of("v0", "v0", "nowhere"))) {
      assertThat(numbering.find(other)).isEqualTo(-1);
    }
  }

  private static Chunk chunk(Random random, List<Dictionary> dictionaries) {
    Chunk chunk = new Chunk(new ScanRequest(List.of(), List.of("a", "b", "c"), null));
    chunk.rows(5_000);
    for (int c = 0; c < 3; c++) {
      for (int r = 0; r < chunk.rows(); r++) {
        chunk.code(c)[r] = random.nextInt(dictionaries.get(c).size() + 1) - 1; // -1 is NULL
      }
    }
    return chunk;
  }

  private static Dictionary dictionary(int size) {
    return new Dictionary(IntStream.range(0, size).mapToObj(i -> "v" + i).toList());
  }
}
