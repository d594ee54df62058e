# Counts the 58 people of internal/release/testdata/people58.csv in R, beside what
# recount counts of them: in base R always, with sdcMicro where it is installed.
# Run it at the top of the repository: Rscript docs/sdcmicro.R
people <- read.csv("internal/release/testdata/people58.csv", colClasses = "character")
sets <- list(c("sex", "country", "age", "role"), c("sex", "region", "age", "role"), c("sex", "region", "age"), c("sex", "region"), c("sex", "country", "age", "role", "quarter"))
# What internal/release/risk_test.go holds recount to: unique, under 3, under 5,
# mean of 1/fk, sum of the SUDA scores.
recount <- list(c(29, 47, 53, 0.706897, 87), c(12, 16, 39, 0.396552, 32), c(7, 9, 16, 0.224138, 7), c(1, 5, 9, 0.103448, 1), c(44, 58, 58, 0.879310, 451))

frequencies <- function(x) {
  key <- do.call(paste, c(x, sep = "\r"))
  as.vector(table(key)[key])
}

# Elliot's scores by looking at every subset: the sum of (m-s)! over the minimal
# sets of s columns in which a record is alone.
scores <- function(x) {
  m <- ncol(x)
  subsets <- lapply(seq_len(2^m - 1), function(b) which(bitwAnd(b, 2^(0:(m - 1))) > 0))
  alone <- lapply(subsets, function(s) frequencies(x[s]) == 1)
  total <- rep(0, nrow(x))
  for (i in seq_along(subsets)) {
    inner <- which(vapply(subsets, function(s) length(s) < length(subsets[[i]]) && all(s %in% subsets[[i]]), TRUE))
    minimal <- alone[[i]]
    for (j in inner) minimal <- minimal & !alone[[j]]
    total <- total + minimal * factorial(m - length(subsets[[i]]))
  }
  total
}

summed <- function(fk, score) c(sum(fk == 1), sum(fk < 3), sum(fk < 5), mean(1 / fk), sum(score))
line <- function(how, keys, got, want) {
  cat(sprintf("    %s, %s: %d unique, %d under 3, %d under 5, mean risk %.6f, SUDA %d: %s\n", how, paste(keys, collapse = "+"), got[1], got[2], got[3], got[4], got[5],
    if (all(abs(got - want) < 1e-6)) "equal" else "DIFFERS"))
}
for (i in seq_along(sets)) {
  x <- people[sets[[i]]]
  line("base R", sets[[i]], summed(frequencies(x), scores(x)), recount[[i]])
}
if (!requireNamespace("sdcMicro", quietly = TRUE)) {
  cat("    sdcMicro: not installed here\n")
} else {
  for (i in seq_along(sets)) {
    x <- as.data.frame(lapply(people[sets[[i]]], function(v) as.integer(factor(v))))
    fk <- sdcMicro::freqCalc(x, keyVars = seq_along(x))$fk
    # With two columns sdcMicro itself says that its scores may be wrong.
    score <- if (ncol(x) > 2) sdcMicro::suda2(x)$score else scores(x)
    line(paste("sdcMicro", utils::packageVersion("sdcMicro")), sets[[i]], summed(fk, score), recount[[i]])
  }
}
