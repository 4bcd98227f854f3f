package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostListTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "login | login",
        "gpu[01-04,07] | gpu01 gpu02 gpu03 gpu04 gpu07",
        "node[9-11] | node9 node10 node11",
        "a[1-2],b,c[3] | a1 a2 b c3",
        "cpn-f13-03-[01-02],cpn-f13-04-[01-02] | cpn-f13-03-01 cpn-f13-03-02 cpn-f13-04-01 cpn-f13-04-02",
        "r[1-2]n[1-2] | r1n1 r1n2 r2n1 r2n2",
        "r[1]-x | r1-x",
      })
  void expandsRanges(String list, String names) {
    assertThat(HostList.names(list)).contains(List.of(names.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "a,",
        "a,,b",
        "a[",
        "a[]",
        "a]",
        "a[1-]",
        "a[2-1]",
        "a[x]",
        "a[1-2",
        "a[[1]]",
        "a[0-999999999]",
        "a[1-9999999999]",
        "n1,n1",
        "gpu[1-3,2]",
        "n[1-99999,1-99999]"
      })
  void refusesWhatIsNoListOfHosts(String list) {
    assertThat(HostList.names(list)).isEmpty();
  }

  @Test
  void refusesMoreBracketsThanANameHas() {
    assertThat(HostList.names("n" + "[1]".repeat(20_000))).isEmpty();
    assertThat(HostList.names("n" + "[1]".repeat(8))).contains(List.of("n11111111"));
    assertThat(HostList.names("[".repeat(20_000) + "]".repeat(20_000))).isEmpty();
  }

  @Test
  void refusesMoreNamesThanAClusterHas() {
    assertThat(HostList.names("r[0-9]n[0-9999]"))
        .hasValueSatisfying(names -> assertThat(names).hasSize(HostList.NAMES_MAX));
    assertThat(HostList.names("r[0-9]n[0-9999],one-more")).isEmpty();
    assertThat(HostList.names("r[0-999]n[0-999]n[0-999]")).isEmpty();
    assertThat(HostList.names("n".repeat(100_000)))
        .hasValueSatisfying(one -> assertThat(one).hasSize(1));
  }
}
