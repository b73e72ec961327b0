package dev.kingpin.tune;

import dev.kingpin.data.Expression;
import dev.kingpin.kernel.Hash;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learner;
import dev.kingpin.query.ResolvedQuery;
import dev.kingpin.query.ValueRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Random search (Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization", 2012):
 * different configs, drawn by hashes of the query's seed, so that they are the same everywhere.
 *
 * <p>Where all combinations can be counted, each is as likely as any other. Else every setting is
 * drawn for itself: one of its entries, and of a range a number, evenly, or evenly on the scale of
 * logarithms if the range is wide. A number has four digits.
 */
final class RandomSearch {
  private static final long STREAM = 0x72616e646f6d2121L;
  private static final int TRIES_A_CONFIG = 200;
  private static final int MOST_WHOLE = 1_000;
  private static final MathContext DIGITS = new MathContext(4);

  private final ResolvedQuery query;
  private final Learner learner;
  private final Map<String, List<String>> grid;
  private final int wanted;
  private final long seed;

  RandomSearch(ResolvedQuery query) {
    this.query = query;
    learner = query.learner();
    grid = expanded(query);
    wanted = query.query().search().random();
    seed = Hash.mix(query.query().seed() ^ STREAM);
  }

  Candidates candidates() {
    boolean countable =
        Grid.points(grid) <= Grid.MOST && grid.values().stream().noneMatch(RandomSearch::hasRange);
    return countable ? ofAll() : drawn();
  }

  /** The grid, with ranges of a few whole numbers as these numbers. */
  private static Map<String, List<String>> expanded(ResolvedQuery query) {
    Map<String, List<String>> grid = new LinkedHashMap<>();
    query
        .grid()
        .forEach(
            (name, entries) -> {
              boolean whole = Grid.setting(query.learner(), name).whole();
              Set<String> values = new LinkedHashSet<>();
              for (String entry : entries) {
                ValueRange range = whole ? ValueRange.of(entry).orElse(null) : null;
                if (range == null
                    || range.isLogarithmic()
                    || range.high() - range.low() > MOST_WHOLE) {
                  values.add(entry);
                } else {
                  for (double v = range.low(); v <= range.high(); v++) {
                    values.add(new Expression.Literal(v).toString());
                  }
                }
              }
              grid.put(name, List.copyOf(values));
            });
    return grid;
  }

  private static boolean hasRange(List<String> entries) {
    return entries.stream().anyMatch(e -> ValueRange.of(e).isPresent());
  }

  private Candidates ofAll() {
    List<Config> all = Grid.distinct(query, grid);
    UnusedSettings.refuse(query, all, grid);
    if (all.size() <= wanted) {
      List<String> notes =
          all.size() == wanted
              ? List.of()
              : List.of(
                  String.format(
                      Locale.ROOT,
                      "The values make %,d different configs, no more than %,d: all are tried.",
                      all.size(),
                      wanted));
      return new Candidates(all, all.size(), notes);
    }
    long[] lots = all.stream().mapToLong(c -> hash(seed, c.toString())).toArray();
    long[] sorted = lots.clone();
    Arrays.sort(sorted);
    List<Config> lucky = new ArrayList<>();
    for (int i = 0; i < lots.length && lucky.size() < wanted; i++) {
      if (lots[i] <= sorted[wanted - 1]) {
        lucky.add(all.get(i));
      }
    }
    return new Candidates(lucky, all.size(), List.of());
  }

  private static long hash(long seed, String text) {
    long hash = seed;
    for (int i = 0; i < text.length(); i++) {
      hash = Hash.hash(hash, text.charAt(i));
    }
    return hash;
  }

  private Candidates drawn() {
    Set<Config> drawn = new LinkedHashSet<>();
    long tries = (long) TRIES_A_CONFIG * wanted;
    for (long i = 0; i < tries && drawn.size() < wanted; i++) {
      drawn.add(Grid.canonical(query, draw(i)));
    }
    List<Config> configs = List.copyOf(drawn);
    UnusedSettings.refuse(query, configs, ends());
    List<String> notes =
        configs.size() == wanted
            ? List.of()
            : List.of(
                String.format(
                    Locale.ROOT,
                    "Only %,d different configs could be drawn instead of %,d.",
                    configs.size(),
                    wanted));
    return new Candidates(configs, 0, notes);
  }

  /** The grid with the ends of its ranges as values. */
  private Map<String, List<String>> ends() {
    Map<String, List<String>> ends = new LinkedHashMap<>();
    grid.forEach(
        (name, entries) -> {
          List<String> values = new ArrayList<>();
          for (String entry : entries) {
            ValueRange.of(entry)
                .ifPresentOrElse(
                    r -> values.addAll(List.of(text(r.low()), text(r.high()))),
                    () -> values.add(entry));
          }
          ends.put(name, values);
        });
    return ends;
  }

  private Config draw(long number) {
    TreeMap<String, String> settings = new TreeMap<>();
    grid.forEach(
        (name, entries) -> {
          long hash = hash(Hash.hash(seed, number), name);
          String entry = entries.get((int) (Hash.unit(hash) * entries.size()));
          boolean whole = Grid.setting(learner, name).whole();
          double unit = Hash.unit(Hash.mix(hash));
          settings.put(
              name, ValueRange.of(entry).map(r -> text(number(r, whole, unit))).orElse(entry));
        });
    return new Config(settings);
  }

  /** The number of a range at {@code unit}, between 0 and 1, of its length. */
  private static double number(ValueRange range, boolean whole, double unit) {
    double low = range.low();
    double end = whole ? range.high() + 1 : range.high();
    double value =
        range.isLogarithmic()
            ? low * StrictMath.exp(unit * StrictMath.log(end / low))
            : low + unit * (end - low);
    double shown = whole ? Math.floor(value) : new BigDecimal(value).round(DIGITS).doubleValue();
    return Math.max(low, Math.min(range.high(), shown));
  }

  private static String text(double value) {
    return new Expression.Literal(value).toString();
  }
}
