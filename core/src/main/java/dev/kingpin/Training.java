package dev.kingpin;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.TableSource;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.learner.LearnerGrid;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Task;
import dev.kingpin.query.AnswerWith;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.Search;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.nio.file.Path;

/**
 * Says step by step what is to be trained, then trains it.
 *
 * <pre>{@code
 * GroupedModel model = Kingpin.groupBy("origin")
 *     .predict("delay").from("distance", "hour(date) AS hour")
 *     .with(LinearModels.grid().l2(0.01, 0.1))
 *     .train(Tables.parquet(Path.of("flights.parquet")));
 * }</pre>
 */
public final class Training {
  private final QueryBuilder query;
  private RunOptions options = RunOptions.defaults();
  private RunListener listener = RunListener.NONE;

  Training(String... columns) {
    query = TrainQuery.groupBy(columns);
  }

  /** The target: a column, or an expression with a name such as {@code delay > 15 AS late}. */
  public Training predict(String target) {
    query.predict(target);
    return this;
  }

  /** The features: columns or expressions; all other columns by default. */
  public Training from(String... features) {
    query.from(features);
    return this;
  }

  /** The model family, and what to try. */
  public Training with(LearnerGrid grid) {
    query.learner(grid.learner());
    grid.values().forEach((name, values) -> query.grid(name, values.toArray()));
    return this;
  }

  /** Columns that are categories whatever their type. */
  public Training categorical(String... columns) {
    query.categorical(columns);
    return this;
  }

  /** A column with a non-negative weight for each row. */
  public Training weight(String column) {
    query.weight(column);
    return this;
  }

  /** A condition, in the source's language, that rows must meet. */
  public Training where(String condition) {
    query.where(condition);
    return this;
  }

  /** What is predicted; by default the target's type decides. */
  public Training task(Task task) {
    query.task(task);
    return this;
  }

  /** Which configs are tried: all combinations by default, or some that are drawn at random. */
  public Training search(Search search) {
    query.search(search);
    return this;
  }

  /** A number or date-time that tells which rows of a group are its last. */
  public Training orderBy(String column) {
    query.orderBy(column);
    return this;
  }

  /** How configs are compared; a holdout of 0.2 by default. */
  public Training validate(Validation validation) {
    query.validate(validation);
    return this;
  }

  /** What configs are compared by; by default the task decides. */
  public Training metric(Metric metric) {
    query.metric(metric);
    return this;
  }

  /** Gives models standard errors and p-values, where the family can tell them. */
  public Training standardErrors() {
    query.inference(true);
    return this;
  }

  /** Who answers for groups without a model of their own; their parent by default. */
  public Training fallback(Fallback who) {
    query.fallback(who);
    return this;
  }

  /** Who answers for groups with a model of their own; that model by default. */
  public Training answerWith(AnswerWith who) {
    query.answerWith(who);
    return this;
  }

  /** Keeps the winner as it was validated, without training it again on all rows. */
  public Training noRefit() {
    query.refit(false);
    return this;
  }

  /** Trains only the group with these values; may be called several times. */
  public Training only(String... key) {
    query.only(GroupKey.of(key));
    return this;
  }

  /** Groups with fewer usable rows get no model. */
  public Training minRows(int rows) {
    query.minRows(rows);
    return this;
  }

  /** The most groups allowed. */
  public Training maxGroups(int groups) {
    query.maxGroups(groups);
    return this;
  }

  /** Seed of the row split. */
  public Training seed(long seed) {
    query.seed(seed);
    return this;
  }

  /** How to run; changes no model. */
  public Training options(RunOptions how) {
    options = how;
    return this;
  }

  /** Who hears how the run goes on. */
  public Training listener(RunListener who) {
    listener = who;
    return this;
  }

  /** The query so far. */
  public TrainQuery query() {
    return query.build();
  }

  /**
   * Trains, and keeps the models in memory.
   *
   * @throws dev.kingpin.data.InputException if the table cannot be used as asked
   */
  public GroupedModel train(TableSource source) {
    return Kingpin.train(query(), source, options, listener);
  }

  /**
   * Trains, keeping every finished group on disk, and writes the artifact.
   *
   * @throws dev.kingpin.data.InputException if the table or the place cannot be used as asked
   */
  public GroupedModel train(TableSource source, Path out) {
    return Kingpin.train(query(), source, out, options, listener);
  }
}
