"""青岑区, the district of the demonstration: who is there and what their figures are. All of it is invented.

Nothing is random. Every draw is a digest of the name of what is drawn (`draw`), so that two loads on two machines
give the same district, and one more enterprise changes no other. Codes are real in form (right check characters)
and lie in a region, 990101, that does not exist.

1. `bodies.yaml` names the government, universities, carriers, banks and service bodies; `trades.yaml` the industries.
2. `enterprises` makes 240 firms of seven industries, from three months to thirty years old.
3. `figures` gives them three years of figures: some meet the high-tech conditions to the fen, some miss by one person,
   some by one fen, some by one point, and some left a figure out; `eligibility` what else the district's policies ask.
4. `topics/` says what is worked on: achievements, patents and the people behind them come from there (`knowledge`,
   `persons`, `results`); `needs.yaml`, `instruments.yaml` and `offers.yaml` say what is looked for and what is offered
   (`wants`), `honours` who is recognised as what, `ties` how all of it hangs together, `dirt` what stands there twice.
5. `load` writes all of it through the services of registry and facts. A second load changes nothing.
"""

from huanchuang.web.demo.district.loading import Counts, load

__all__ = ["Counts", "load"]
