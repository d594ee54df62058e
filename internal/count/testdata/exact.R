# Intervals and tests computed a second time, by R and its package epitools.
# Each line of the input is a name and whole numbers; each answer is one line.
library(epitools)
for (line in readLines(file("stdin"))) {
  f <- strsplit(line, " ")[[1]]
  x <- as.numeric(f[-1])
  out <- switch(f[1],
    wilson = unlist(binom.wilson(x[1], x[2])[c("lower", "upper")]),
    binomial = unlist(binom.exact(x[1], x[2])[c("lower", "upper")]),
    poisson = poisson.test(x[1])$conf.int, # epitools' pois.exact stops at 1e-5
    ratio = poisson.test(c(x[1], x[3]), c(x[2], x[4]))$conf.int,
    fisher = c(fisher.test(matrix(x, 2, byrow = TRUE))$p.value, ormidp.test(x[1], x[2], x[3], x[4])$two.sided),
    trend = { # the sum of the periods of n people who fall into them at random
      k <- length(x) / 2
      n <- x[1:k]
      one <- x[(k + 1):(2 * k)] / sum(x[(k + 1):(2 * k)])
      all <- 1
      for (i in seq_len(sum(n))) {
        next_ <- numeric(length(all) + k - 1)
        for (j in 1:k) next_[j:(j + length(all) - 1)] <- next_[j:(j + length(all) - 1)] + one[j] * all
        all <- next_
      }
      at <- sum((0:(k - 1)) * n)
      min(1, 2 * min(sum(all[1:(at + 1)]), sum(all[(at + 1):length(all)])))
    })
  cat(sprintf("%.9f", out), "\n")
}
