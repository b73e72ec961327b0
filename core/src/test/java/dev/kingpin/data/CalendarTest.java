package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CalendarTest {
  private static final long MICROS_A_SECOND = 1_000_000;

  @Test
  void fieldsAgreeWithTheJavaCalendarAtRandomInstants() {
    Random random = new Random(4);
    long from = Instant.parse("-0400-01-01T00:00:00Z").getEpochSecond();
    long to = Instant.parse("4000-01-01T00:00:00Z").getEpochSecond();
    random
        .longs(200_000, from, to)
        .forEach(second -> assertFields(second * MICROS_A_SECOND + random.nextInt(1_000_000)));
  }

  @Test
  void fieldsAgreeAroundMidnightAndMonthAndYearEnds() {
    for (int year :
        new int[] {-1, 0, 1, 1582, 1600, 1899, 1900, 1969, 1970, 1999, 2000, 2024, 2100}) {
      for (int month = 1; month <= 12; month++) {
        long start =
            LocalDateTime.of(year, month, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) * MICROS_A_SECOND;
        LongStream.of(-MICROS_A_SECOND, -1, 0, 1, MICROS_A_SECOND)
            .forEach(d -> assertFields(start + d));
      }
    }
  }

  @Test
  void aMissingInstantHasNoFields() {
    for (Function function : Function.values()) {
      if (function.ofDateTime()) {
        assertThat(function.apply(Double.NaN, 0)).isNaN();
      }
    }
  }

  private static void assertFields(long wanted) {
    double micros = wanted; // beyond 2^53 a microsecond or so is lost
    long exact = (long) micros;
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(exact, MICROS_A_SECOND),
            (int) Math.floorMod(exact, MICROS_A_SECOND) * 1000,
            ZoneOffset.UTC);
    boolean same =
        Calendar.year(micros) == time.getYear()
            && Calendar.month(micros) == time.getMonthValue()
            && Calendar.day(micros) == time.getDayOfMonth()
            && Calendar.weekday(micros) == time.getDayOfWeek().getValue()
            && Calendar.hour(micros) == time.getHour()
            && Calendar.minute(micros) == time.getMinute();
    assertThat(same).as("fields of %s", time).isTrue();
  }
}
