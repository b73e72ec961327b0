package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.GroupShape;
import dev.kingpin.learner.Work;
import dev.kingpin.learner.Work.Kind;
import dev.kingpin.learner.Work.Phase;
import java.util.ArrayList;
import java.util.List;

/** Counts what linear chains take. */
final class LinearWork {
  /** Passes that chains of iterated fits usually take, with and without Hessians. */
  private static final int USUAL_PASSES = 8;

  private static final int USUAL_DESCENT = 20;

  /** Passes of a refit that starts from the model found before. */
  private static final int USUAL_AGAIN = 3;

  /** Of the fits of a chain, how many usually try weights in a pass, and how many want Hessians. */
  private static final double USUAL_TRIALS = 0.7;

  private static final double USUAL_HESSIANS = 0.3;

  /** What a descent to the optimum remembers halfway. */
  private static final int USUAL_MOVES = 6;

  /** Hessians that steps are taken by and borrow from, for a mask. */
  private static final int HESSIANS = 3;

  /** Bytes of a state beside numbers by the column, about. */
  private static final int HEAD = 400;

  private static final int LONG = 8;
  private static final int FLOAT = 4;

  private final double rows;
  private final double cells; // of a row that are read
  private final double terms; // of a row's score: a categorical feature is one
  private final double levels;
  private final double columns; // of the design, the intercept included
  private final double outputs;
  private final Chain chain;

  LinearWork(GroupShape shape, Chain chain) {
    this.chain = chain;
    rows = shape.rows();
    cells = shape.numeric() + shape.categories() + 1.0;
    terms = shape.numeric() + shape.categories() + 1.0;
    levels = shape.levels();
    columns = shape.numeric() + shape.levels() + 1.0;
    outputs = shape.classes() > 2 ? shape.classes() : 1;
  }

  /** Least squares: what every chain reads first. */
  Work leastSquares() {
    return start(true);
  }

  /** Newton steps, or steps without Hessians. */
  Work iterated() {
    boolean descends = chain.fits().stream().allMatch(f -> LinearLearner.isLbfgs(f.config()));
    boolean isWide = descends || isWide();
    return start(!isWide).plus(new Work(List.of(steps(isWide)), stepBytes(isWide)));
  }

  /** Newton steps of a fit that goes on from where it was, on more rows. */
  Work again() {
    boolean isWide = LinearLearner.isLbfgs(chain.fits().get(0).config()) || isWide();
    Phase steps = steps(isWide);
    return new Work(List.of(isWide ? steps : steps.times(USUAL_AGAIN)), stepBytes(isWide));
  }

  private boolean isWide() {
    return GlmState.isWide((int) (outputs * columns));
  }

  private Work start(boolean gram) {
    List<Phase> phases = new ArrayList<>();
    if (levels > 0) {
      phases.add(phase(Kind.COUNTS, 1, rows * cells, 0, 0, LONG * levels));
    }
    int folds = LinearRows.folds(chain);
    double sides = terms + outputs;
    double width = columns + outputs;
    if (gram) {
      double partial = LONG * folds * width * (width + 1) / 2;
      phases.add(phase(Kind.PRODUCTS, 1, rows * sides * sides, solving(fits()), 0, partial));
    } else {
      double partial = LONG * folds * columns * (2 + outputs);
      phases.add(phase(Kind.COUNTS, 1, 4 * rows * sides, columns * fits(), 0, partial));
    }
    return new Work(phases, gram ? gramBytes() : HEAD + LONG * folds * columns * 2);
  }

  private Phase steps(boolean isWide) {
    double unknowns = columns * outputs;
    double trials = isWide ? fits() : Math.max(1, USUAL_TRIALS * fits());
    double hessians = isWide ? 0 : Math.max(1, USUAL_HESSIANS * fits());
    double scores = 4 * rows * terms * trials * outputs;
    double products = hessians * rows * terms * terms * outputs * outputs;
    double request = LONG * unknowns * trials;
    double partial = LONG * (unknowns * trials + hessians * unknowns * (unknowns + 1) / 2);
    double owner = isWide ? 40 * unknowns * fits() : solving(hessians);
    Kind kind = products > scores ? Kind.PRODUCTS : Kind.SCORES;
    return phase(kind, passes(isWide), scores + products, owner, request, partial);
  }

  private int passes(boolean isWide) {
    int most = 0;
    for (Fit fit : chain.fits()) {
      int usual = isWide ? USUAL_DESCENT : USUAL_PASSES;
      boolean counted = LinearLearner.isLbfgs(fit.config());
      most = Math.max(most, counted ? LinearLearner.epochs(fit.config()) : usual);
    }
    return most;
  }

  /** Batches of rows, after a pass that counts and before one that judges. */
  Work stochastic() {
    double updates = 0;
    int epochs = 0;
    int batch = 1;
    for (Fit fit : chain.fits()) {
      SgdConfig config = SgdConfig.of(fit.config());
      epochs = Math.max(epochs, config.epochs());
      batch = config.batch();
      updates += config.epochs() * outputs * (4 * terms + 8 * columns / config.batch());
    }
    double blocks = Math.floor(rows / RowBlock.ROWS); // no batch crosses the end of one
    double last = rows - blocks * RowBlock.ROWS;
    double each = Math.ceil((double) RowBlock.ROWS / batch);
    long batches = (long) Math.max(1, blocks * each + Math.ceil(last / batch));
    double flops = rows * updates / Math.max(1, epochs);
    double judged = 2 * rows * terms * outputs * fits();
    List<Phase> phases = new ArrayList<>();
    phases.add(phase(Kind.COUNTS, 1, 4 * rows * cells, 0, 0, LONG * 4 * columns));
    double weights = FLOAT * columns * outputs * fits();
    Phase learning = phase(Kind.UPDATES, epochs, flops, 0, weights, weights);
    phases.add(
        new Phase(learning.kind(), epochs, flops, learning.bytes(), 0, weights, weights, batches));
    phases.add(phase(Kind.SCORES, 1, judged, 0, weights, LONG * fits()));
    return new Work(phases, hopBytes());
  }

  private Phase phase(
      Kind kind, int times, double flops, double owner, double request, double partial) {
    return new Phase(kind, times, flops, rows * cells * FLOAT, owner, request, partial, 1);
  }

  private double fits() {
    return chain.fits().size();
  }

  private double solving(double systems) {
    double unknowns = columns * outputs;
    return systems * unknowns * unknowns * unknowns / 3;
  }

  /** What a chain of least squares keeps: the matrix of every fold. */
  private double gramBytes() {
    double width = columns + outputs;
    return HEAD + LONG * LinearRows.folds(chain) * width * (width + 1) / 2;
  }

  /** What goes on step by step: descents remember moves, Newton steps Hessians of each mask. */
  private double stepBytes(boolean isWide) {
    double unknowns = columns * outputs;
    double masks = chain.fits().stream().map(Fit::mask).distinct().count();
    double numbers = isWide ? 0 : masks * HESSIANS * unknowns * unknowns;
    for (Fit fit : chain.fits()) {
      boolean counted = LinearLearner.isLbfgs(fit.config());
      int moves = counted ? Math.min(passes(true), Descents.HISTORY) : USUAL_MOVES;
      numbers += unknowns * (isWide ? 4 + 2 * moves : 4);
    }
    return (1 + masks) * HEAD + LONG * numbers;
  }

  /** What hops: weights, as much again for what steers them, and the moments of the rows. */
  private double hopBytes() {
    return HEAD + LONG * columns * (2 * outputs * fits() + 2);
  }
}
