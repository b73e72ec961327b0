package dev.kingpin.duckdb;

import dev.kingpin.data.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The formats of tables that are written; the ending of the file's name chooses one. */
enum OutputFormat {
  CSV("csv(\\.gz)?", "FORMAT csv, HEADER true"),
  TSV("tsv(\\.gz)?", "FORMAT csv, HEADER true, DELIMITER '\t'"),
  PARQUET("parquet", "FORMAT parquet, COMPRESSION zstd"),
  JSON("(json|jsonl|ndjson)(\\.gz)?", "FORMAT json");

  private final String ending;
  private final String options;

  OutputFormat(String ending, String options) {
    this.ending = ending;
    this.options = options;
  }

  /**
   * The format of a file.
   *
   * @throws InputException if its ending is unknown
   */
  static OutputFormat of(Path out) {
    String name = name(out);
    return Arrays.stream(values())
        .filter(format -> name.matches("(?s).*\\." + format.ending))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "Cannot tell the format of ("
                        + out
                        + ") from its ending. Maybe end it in .csv, .tsv, .parquet or .json."));
  }

  private static String name(Path out) {
    return String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
  }

  /** Whether values are written as texts without types. */
  boolean isText() {
    return this == CSV || this == TSV;
  }

  /** The options of COPY for a file. */
  String options(Path out) {
    return name(out).endsWith(".gz") ? options + ", COMPRESSION gzip" : options;
  }
}
