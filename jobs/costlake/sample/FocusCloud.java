package costlake.sample;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A cloud that delivers FOCUS.
 *
 * @param contractRatio contracted price divided by list price
 * @param subAccounts ids of sub accounts, by team
 */
record FocusCloud(
    String source,
    String provider,
    String issuer,
    String account,
    String accountName,
    String accountType,
    String subAccountType,
    String region,
    String regionName,
    BigDecimal contractRatio,
    Map<String, String> subAccounts,
    List<FocusService> services) {}
