package dev.kingpin.store;

import static dev.kingpin.store.StoreFixtures.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  private final List<byte[]> file = new ArrayList<>();
  private final KeyTable table = new KeyTable(place -> file.get((int) place));

  private void add(byte[] key) {
    table.add(key, file.size());
    file.add(key);
  }

  @Test
  void everyKeyIsFoundUnderItsNumberAndNoOther() {
    Random random = new Random(11);
    for (int i = 0; i < 5_000; i++) {
      add(i % 3 == 0 ? number(i) : StoreFixtures.random(random, 9 + random.nextInt(5)));
    }
    assertThat(table.size()).isEqualTo(5_000);
    for (int i = 0; i < 5_000; i++) {
      assertThat(table.find(file.get(i))).isEqualTo(i);
      assertThat(table.place(i)).isEqualTo(i);
      assertThat(table.find(number(-1L - i))).isEqualTo(-1);
    }
  }

  @Test
  void keysOfTheSameHashAreToldApart() {
    List<byte[]> keys = StoreFixtures.collidingKeys();
    add(keys.get(0));
    assertThat(table.find(keys.get(1))).isEqualTo(-1);
    add(keys.get(1));
    assertThat(table.find(keys.get(0))).isZero();
    assertThat(table.find(keys.get(1))).isEqualTo(1);
  }

  @Test
  void aMovedKeyKeepsItsNumber() {
    add(number(1));
    add(number(2));
    file.add(number(1));
    table.move(0, 2);
    assertThat(table.find(number(1))).isZero();
    assertThat(table.place(0)).isEqualTo(2);
  }
}
