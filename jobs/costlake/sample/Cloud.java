package costlake.sample;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A cloud that the company uses beside AWS.
 *
 * @param seed word on which every generated figure depends
 * @param contractRatio contracted price divided by list price
 * @param columns what each line says of the cloud, by column of its export
 * @param subAccounts ids of sub accounts, by team
 */
record Cloud(
    String source,
    String seed,
    String issuer,
    String account,
    BigDecimal contractRatio,
    Map<String, String> columns,
    Map<String, String> subAccounts,
    List<CloudService> services) {}
