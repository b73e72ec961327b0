package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongIntMapTest {
  @Test
  void keysKeepTheirNumbersWhileTheMapGrows() {
    LongIntMap map = new LongIntMap();
    Map<Long, Integer> expected = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      long key =
          switch (i % 4) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(20_000);
            case 2 -> -random.nextInt(20_000);
            default -> (long) random.nextInt(200) << 32;
          };
      int number = expected.computeIfAbsent(key, k -> expected.size());
      assertThat(map.number(key)).isEqualTo(number);
    }
    assertThat(map.size()).isEqualTo(expected.size());
    long[] keys = map.keysByNumber();
    assertThat(keys).hasSize(expected.size());
    expected.forEach((key, number) -> assertThat(keys[number]).isEqualTo(key));
  }

  @Test
  void anEmptyMapHasNoKeys() {
    assertThat(new LongIntMap().keysByNumber()).isEmpty();
  }
}
