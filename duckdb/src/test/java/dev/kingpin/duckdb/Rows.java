package dev.kingpin.duckdb;

import dev.kingpin.data.Chunk;
import dev.kingpin.data.Dictionary;
import dev.kingpin.data.ScanRequest;
import dev.kingpin.data.TableScan;
import dev.kingpin.data.TableSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a scan brought. */
record Rows(
    List<List<Double>> numbers,
    List<List<@Nullable String>> categories,
    List<Dictionary> dictionaries) {

  static Rows of(TableSource source, List<String> numbers, List<String> categories) {
    return of(source, new ScanRequest(numbers, categories, null));
  }

  static Rows of(TableSource source, ScanRequest request) {
    Rows rows = new Rows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    request.numbers().forEach(n -> rows.numbers().add(new ArrayList<>()));
    try (TableScan scan = source.scan(request)) {
      for (int c = 0; c < request.categories().size(); c++) {
        rows.categories().add(new ArrayList<>());
        rows.dictionaries().add(scan.dictionary(c));
      }
      Chunk chunk = new Chunk(request);
      while (scan.next(chunk)) {
        rows.add(chunk);
      }
    }
    return rows;
  }

  private void add(Chunk chunk) {
    for (int r = 0; r < chunk.rows(); r++) {
      for (int c = 0; c < numbers.size(); c++) {
        numbers.get(c).add(chunk.number(c)[r]);
      }
      for (int c = 0; c < categories.size(); c++) {
        int code = chunk.code(c)[r];
        categories.get(c).add(code == Dictionary.NULL ? null : dictionaries.get(c).value(code));
      }
    }
  }

  /** The only number column of a table. */
  static List<Double> numbers(TableSource source, String column) {
    return of(source, List.of(column), List.of()).numbers().get(0);
  }

  /** The texts of a category column. */
  static List<@Nullable String> texts(TableSource source, String column) {
    return of(source, List.of(), List.of(column)).categories().get(0);
  }
}
