package dev.kingpin.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the groups of a table in the order in which they are first seen. Codes of several columns
 * are folded from the left: the number of a prefix and the next code make the key of the longer
 * prefix, so any number of columns of any size fits.
 */
final class KeyNumbering {
  private final List<Dictionary> dictionaries;
  private final List<LongIntMap> maps = new ArrayList<>(); // one for each column

  KeyNumbering(List<Dictionary> dictionaries) {
    this.dictionaries = dictionaries;
    dictionaries.forEach(d -> maps.add(new LongIntMap()));
  }

  int groups() {
    return maps.get(maps.size() - 1).size();
  }

  /** The numbers of the groups that the rows of a chunk belong to. */
  void number(Chunk chunk, int[] groups) {
    Arrays.fill(groups, 0, chunk.rows(), 0);
    for (int c = 0; c < maps.size(); c++) {
      LongIntMap map = maps.get(c);
      int[] codes = chunk.code(c);
      for (int i = 0; i < chunk.rows(); i++) {
        groups[i] = map.number((long) groups[i] << 32 | codes[i] & 0xffffffffL);
      }
    }
  }

  /** The number of a group, or -1 if no row was of it so far. */
  int find(GroupKey key) {
    int group = 0;
    for (int c = 0; c < maps.size() && group >= 0; c++) {
      String value = key.values().get(c);
      int code = value == null ? Dictionary.NULL : dictionaries.get(c).code(value);
      boolean isUnknown = value != null && code == Dictionary.NULL;
      group = isUnknown ? -1 : maps.get(c).find((long) group << 32 | code & 0xffffffffL);
    }
    return group;
  }

  /** Codes of every group. */
  int[][] codes() { // (groups, columns)
    int[][] result = new int[groups()][maps.size()];
    int[] prefix = IntStream.range(0, groups()).toArray();
    for (int c = maps.size() - 1; c >= 0; c--) {
      long[] keys = maps.get(c).keysByNumber();
      for (int g = 0; g < prefix.length; g++) {
        long key = keys[prefix[g]];
        result[g][c] = (int) key;
        prefix[g] = (int) (key >> 32);
      }
    }
    return result;
  }

  /** Group numbers in ascending order of their keys, column by column, NULL last. */
  int[] ascending() {
    int[][] codes = codes();
    return IntStream.range(0, codes.length)
        .boxed()
        .sorted(Comparator.comparing(g -> codes[g], Arrays::compareUnsigned))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  GroupKey key(int[] codes) {
    List<@Nullable String> values = new ArrayList<>();
    for (int c = 0; c < codes.length; c++) {
      values.add(codes[c] == Dictionary.NULL ? null : dictionaries.get(c).value(codes[c]));
    }
    return new GroupKey(values);
  }
}
