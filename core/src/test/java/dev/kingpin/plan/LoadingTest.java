package dev.kingpin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;

/** Workers that load their rows from one source, beside what comes out by hand. */
class LoadingTest {
  private static final double LINK = 10; // bytes a second
  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  @Provide
  Arbitrary<double[]> bytes() {
    return Arbitraries.oneOf(
            Arbitraries.doubles().between(0, 1e9), Arbitraries.of(0.0, 1.0, 3.0, 1e6))
        .array(double[].class)
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<Double> sources() {
    return Arbitraries.doubles().between(0.1, 1_000);
  }

  private static Cluster.Network of(double source) {
    return new Cluster.Network(LINK, 0, source);
  }

  private static double[] seconds(double source, double... bytes) {
    return Loading.seconds(bytes, of(source));
  }

  @Property(tries = 200)
  void aSourceThatFillsAllLinksIsNotThere(@ForAll("bytes") double[] bytes) {
    double[] alone = Arrays.stream(bytes).map(b -> b / LINK).toArray();
    assertThat(seconds(Double.POSITIVE_INFINITY, bytes)).containsExactly(alone);
    assertThat(seconds(LINK * bytes.length, bytes)).containsExactly(alone);
  }

  @Example
  void twoEqualWorkersOnHalfTheBandwidthTakeTwiceAsLong() {
    assertThat(seconds(LINK, 50, 50)).containsExactly(10, 10);
  }

  @Example
  void oneWorkerIsLimitedByTheSlowerOfLinkAndSource() {
    assertThat(seconds(5, 50)).containsExactly(10);
    assertThat(seconds(15, 50)).containsExactly(5);
  }

  @Example
  void whoeverStillLoadsHasAnEqualShare() {
    double[] seconds = seconds(12, 80, 0, 4, 40);
    // 4 each at first; 6 each from 1 on; from 7 on the last has 40 to go at its link's 10
    assertThat(seconds[1]).isZero();
    assertThat(seconds[2]).isCloseTo(1, EXACT);
    assertThat(seconds[3]).isCloseTo(1 + 36 / 6.0, EXACT);
    assertThat(seconds[0]).isCloseTo(7 + 40 / 10.0, EXACT);
  }

  @Example
  void workersWithoutRowsTakeNoShare() {
    assertThat(seconds(LINK, 0, 50, 0)).containsExactly(0, 5, 0);
    assertThat(seconds(1, 0, 0)).containsExactly(0, 0);
    assertThat(Loading.seconds(new double[2], new Cluster.Network(Double.POSITIVE_INFINITY, 0)))
        .containsExactly(0, 0);
  }

  @Property(tries = 500)
  void nobodyIsFasterThanTheLinkAndTogetherTheyAreNoFasterThanTheSource(
      @ForAll("bytes") double[] bytes, @ForAll("sources") double source) {
    double[] seconds = seconds(source, bytes);
    double last = Arrays.stream(seconds).max().orElseThrow();
    double all = Arrays.stream(bytes).sum();
    double most = Arrays.stream(bytes).max().orElseThrow();
    assertThat(last * (1 + 1e-9)).isGreaterThanOrEqualTo(Math.max(all / source, most / LINK));
    assertThat(last).isLessThanOrEqualTo((all / source + most / LINK) * (1 + 1e-9));
    for (int w = 0; w < bytes.length; w++) {
      assertThat(seconds[w] * (1 + 1e-9)).isGreaterThanOrEqualTo(bytes[w] / LINK);
    }
  }

  @Property(tries = 200)
  void whoeverLoadsMoreIsLaterAndEqualsAreDoneTogether(
      @ForAll("bytes") double[] bytes, @ForAll("sources") double source) {
    double[] seconds = seconds(source, bytes);
    for (int w = 1; w < bytes.length; w++) {
      int bySize = Double.compare(bytes[w], bytes[w - 1]);
      assertThat(bySize * (seconds[w] - seconds[w - 1])).isNotNegative();
      assertThat(bySize != 0 || seconds[w] == seconds[w - 1]).isTrue();
    }
  }

  @Property(tries = 200)
  void workersThatStillLoadTakeAllThatTheirLinksAndTheSourceGive(
      @ForAll("bytes") double[] bytes, @ForAll("sources") double source) {
    double[] seconds = seconds(source, bytes);
    double[] ends = Arrays.stream(seconds).sorted().toArray();
    double given = 0;
    double from = 0;
    for (double end : ends) {
      double middle = (from + end) / 2;
      long loading = Arrays.stream(seconds).filter(s -> s > middle).count();
      given += (end - from) * Math.min(source, loading * LINK);
      from = end;
    }
    double all = Arrays.stream(bytes).sum();
    assertThat(given).isCloseTo(all, Offset.offset(1e-9 * (all + 1)));
  }

  @Example
  void aSourceThatGivesNothingIsRefused() {
    for (double source : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> of(source))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("(" + source + ") bytes a second")
          .hasMessageContaining("Maybe use a positive one.");
    }
  }
}
