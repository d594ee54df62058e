# Coefficients of agreement by the packages krippendorff and irrCAC, from lines
# of the number of coders and their answers, unit by unit; NA: none. In place of the
# share of equal pairs stands "-": irrCAC takes the mean over units.
import sys
import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC

for line in sys.stdin:
    n, *cells = line.split()
    data = np.array([np.nan if c == "NA" else float(c) for c in cells]).reshape(-1, int(n))
    alpha = [krippendorff.alpha(reliability_data=data.T, level_of_measurement=level, value_domain=[1, 2, 3, 4, 5])
             for level in ("nominal", "ordinal", "interval")]
    gwet = CAC(pd.DataFrame(data), digits=12, categories=sorted(set(data[~np.isnan(data)]))).gwet()["est"]
    print("-", *alpha, gwet["coefficient_value"])
