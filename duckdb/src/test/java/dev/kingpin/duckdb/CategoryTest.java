package dev.kingpin.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.Dictionary;
import dev.kingpin.data.ScanRequest;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CategoryTest {
  private static final long FACTOR = 0xd6e8feb86659fd93L;

  @TempDir Path folder;

  /** DuckDB's hash of a whole number can be turned around; two values then share 63 bits of it. */
  @Test
  void valuesWhoseHashesAreTheSameAreToldApart() {
    long one = unhashed(0x1234_5678_9abc_def0L);
    long other = unhashed(0x1234_5678_9abc_def1L);
    String hashes = "SELECT count(DISTINCT hash(v) >> 1) FROM (VALUES (%d), (%d), (7)) t(v)";
    assertThat(Made.rows(hashes.formatted(one, other)).get(0)).containsExactly("2");

    Path file =
        Made.table(
            folder,
            "t.parquet",
            "SELECT v::BIGINT AS v FROM (VALUES (%d), (%d), (7), (NULL), (%1$d)) t(v)"
                .formatted(one, other));

    assertThat(Rows.texts(Tables.parquet(file), "v"))
        .containsExactly(Long.toString(one), Long.toString(other), "7", null, Long.toString(one));
  }

  /** The inverse of: h ^= h >>> 32; h *= F; h ^= h >>> 32; h *= F; h ^= h >>> 32. */
  private static long unhashed(long hash) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(64);
    long inverse = BigInteger.valueOf(FACTOR).mod(modulus).modInverse(modulus).longValue();
    long h = hash ^ (hash >>> 32);
    h *= inverse;
    h ^= h >>> 32;
    h *= inverse;
    return h ^ (h >>> 32);
  }

  @Test
  void manyDistinctTextsGetTheirPlacesInByteOrder() {
    int rows = 300_000;
    Path file =
        Made.table(
            folder,
            "t.parquet",
            "SELECT 'id-' || (i * 7919 %% %d) AS id FROM range(%1$d) t(i)".formatted(rows));
    Rows read = Rows.of(Tables.parquet(file), List.of(), List.of("id"));

    List<String> expected = new ArrayList<>();
    for (long i = 0; i < rows; i++) {
      expected.add("id-" + i * 7919 % rows);
    }
    assertThat(read.categories().get(0)).isEqualTo(expected);
    assertThat(read.dictionaries().get(0))
        .isEqualTo(new Dictionary(List.copyOf(new TreeSet<>(expected))));
  }

  @Test
  void aTableOfHashesGrowsAndKnowsWhatIsMissing() {
    HashCodes codes = new HashCodes();
    for (int i = 0; i < 10_000; i++) {
      assertThat(codes.add(i * 64L, i)).isTrue();
    }
    int[] out = new int[3];

    assertThat(codes.add(64, 5)).isFalse();
    assertThat(codes.translate(new long[] {0, 64 * 9_999L}, 2, out, 1)).isTrue();
    assertThat(out).containsExactly(0, 0, 9_999);
    assertThat(codes.translate(new long[] {1}, 1, out, 0)).isFalse();
  }

  @Test
  void dictionariesCoverTheRowsThatMeetTheCondition() {
    Path file = Made.text(folder, "t.csv", "k,x\nb,1\na,2\nc,3\n");
    Rows rows = Rows.of(Tables.csv(file), new ScanRequest(List.of(), List.of("k"), "x < 3"));

    assertThat(rows.dictionaries().get(0).values()).containsExactly("a", "b");
  }
}
