from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "huanchuang.steering"
    label = "steering"
    verbose_name = "台账"
